/** Where frames come from: the contract that files, live interfaces and remote mirrors all keep. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.source;
