/** What protocols share in which devices announce themselves to their neighbours. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.discovery;
