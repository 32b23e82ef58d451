/**
 * Whole datagrams out of IP fragments (RFC 791 section 3.2, RFC 8200 section 4.5), in every reading
 * that receivers may make of fragments which contradict each other.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.fragment;
