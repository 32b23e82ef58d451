/** Every counter of the product: one enum, one block of longs a thread, sums on demand. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.count;
