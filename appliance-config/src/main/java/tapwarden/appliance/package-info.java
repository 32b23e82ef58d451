/** How the appliance is configured, wired, started, packaged and watched: the top module. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance;
