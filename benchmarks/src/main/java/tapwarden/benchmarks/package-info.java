/** JMH benchmarks and whole-process comparisons. */
@org.jspecify.annotations.NullMarked
package tapwarden.benchmarks;
