/** The live port: health, metrics and the stream of alerts over HTTP. */
@org.jspecify.annotations.NullMarked
package tapwarden.appliance.console;
