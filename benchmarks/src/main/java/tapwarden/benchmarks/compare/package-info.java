/** What {@code benchmarks/compare} feeds the programs that it compares. */
@org.jspecify.annotations.NullMarked
package tapwarden.benchmarks.compare;
