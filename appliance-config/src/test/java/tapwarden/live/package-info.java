/** The real program at a mirror port: what only a process, a wire and a disk can show. */
@org.jspecify.annotations.NullMarked
package tapwarden.live;
