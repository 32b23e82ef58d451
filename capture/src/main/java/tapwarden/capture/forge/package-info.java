/** Makes frames and conversations byte by byte: for samples, self-tests and test cases. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.forge;
