/** The configuration file: YAML with positions, overlays, and every problem at once. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance.config;
