package tapwarden.benchmarks.bait;

import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * An input that grows, and who reads it.
 *
 * @param protocol whose reader it is for
 * @param what the input in a few words
 * @param bytes its smaller size; the larger is twice that
 * @param ofSize makes the input of a size ready to be read: each call reads all of it, and says how
 *     many bytes were taken before the reader wanted no more, or entries of them
 */
record Bait(String protocol, String what, int bytes, IntFunction<IntSupplier> ofSize) {}
