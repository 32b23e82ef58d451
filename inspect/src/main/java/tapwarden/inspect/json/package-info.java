/** A JSON writer into a reused byte array: no object a value, no garbage. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.json;
