package tapwarden.capture.source.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.source.Damage;

/**
 * The account of one input: an entry of {@code inputs} in {@code coverage.json}.
 *
 * @param path as it was given, or below the folder that was given; {@code -} for standard input
 * @param sha256 in hexadecimal, of the bytes as given (compressed ones too); null if it was not
 *     wanted, or if the input was not read to its end or not readable
 * @param compression that was taken off, such as {@code gzip}; null if there was none
 * @param bytes as given; only those read so far of standard input
 * @param frames handed out
 * @param firstNanos stamp of the first frame in file order; 0 without frames
 * @param lastNanos stamp of the last frame in file order; 0 without frames
 * @param damage what could not be used; where there is a compression, offsets and lengths are those
 *     of the decompressed bytes
 * @param damagedRecords records that had a readable header but no usable frame
 */
public record InputReport(
    String path,
    @Nullable String sha256,
    @Nullable String compression,
    long bytes,
    long frames,
    long firstNanos,
    long lastNanos,
    List<Damage> damage,
    long damagedRecords) {
  InputReport withSha256(@Nullable String hexadecimal) {
    return new InputReport(
        path,
        hexadecimal,
        compression,
        bytes,
        frames,
        firstNanos,
        lastNanos,
        damage,
        damagedRecords);
  }
}
