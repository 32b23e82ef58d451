/** The commands: one class each, exit codes, what is printed on a terminal. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance.cli;
