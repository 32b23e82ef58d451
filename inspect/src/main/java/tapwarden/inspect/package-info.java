/** From a frame to an alert. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect;
