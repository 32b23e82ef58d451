package tapwarden.appliance.config;

/** One entry of a list of words, with its place. */
record Item(String text, Position position) {}
