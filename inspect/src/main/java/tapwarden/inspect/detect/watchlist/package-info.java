/** Detector: equipment or a host of the home network meets a known-bad endpoint. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.detect.watchlist;
