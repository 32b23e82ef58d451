/** Detector: equipment talks to an external endpoint that its policy does not allow. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.detect.policy;
