/** The EVE JSON file. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.sink.eve;
