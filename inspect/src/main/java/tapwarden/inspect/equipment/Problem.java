package tapwarden.inspect.equipment;

/**
 * Something wrong with what was declared, for {@code check}.
 *
 * @param where file:line:column of the declaration
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Problem(String where, String message, String remedy) {}
