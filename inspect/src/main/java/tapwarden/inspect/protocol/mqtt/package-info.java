/**
 * MQTT 3.1, 3.1.1 and 5 (OASIS): who connects to a broker and whether it is let in, what topics it
 * reads and writes, and why it goes. What is written to a topic is not read, and of passwords only
 * that they are there.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.mqtt;
