/**
 * Protocols that are known by name alone: what they say first is recognised, so that a flow bears
 * the right {@code app_proto} and no other analyser is mistaken for theirs; nothing is read. A file
 * holds a family, a class in it one protocol, which is its own provider. Words are Suricata's where
 * it has one, else nDPI's in lower case.
 *
 * <p>A wrong yes blinds the analyser that should have read the flow, a wrong no costs a name: where
 * content is not enough, the answer is no.
 */
@NullMarked
package tapwarden.inspect.protocol.known;

import org.jspecify.annotations.NullMarked;
