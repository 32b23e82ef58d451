/** Inputs that would cost the square of their length if a parser were careless. */
package tapwarden.benchmarks.bait;
