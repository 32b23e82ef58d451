/** What an appliance keeps: retention of log and evidence by age, size and free disk. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance.store;
