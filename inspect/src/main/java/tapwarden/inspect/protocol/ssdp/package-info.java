/**
 * SSDP, by which UPnP devices find each other (UPnP Device Architecture 2.0 §1): HTTP heads in
 * datagrams. Announcements and answers name the device and its software.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.ssdp;
