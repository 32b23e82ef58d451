/** Running as a service: signals, selftest, what the operator is told. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance.ops;
