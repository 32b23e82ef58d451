package tapwarden.appliance.cli;

import java.util.List;
import java.util.Map;
import tapwarden.appliance.ops.DrainOnExit;

/**
 * What every command is given.
 *
 * @param filterWords the words after {@code --}; empty if there were none
 * @param drain what to tell that a session runs, so that a signal can end it in order
 */
record CommandContext(
    CommandServices services,
    Terminal terminal,
    Map<String, String> environment,
    List<String> filterWords,
    DrainOnExit drain) {}
