/** Where events and alerts go: files with rotation and retention, evidence captures. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.sink;
