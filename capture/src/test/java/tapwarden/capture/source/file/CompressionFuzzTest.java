package tapwarden.capture.source.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Any bytes behind the magic of each compression: only the documented exception. */
class CompressionFuzzTest {
  private static final byte[][] MAGIC = {
    {0x1F, (byte) 0x8B, 8},
    {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD},
    {0x04, 0x22, 0x4D, 0x18},
    {(byte) 0xFD, '7', 'z', 'X', 'Z', 0x00}
  };

  @FuzzTest
  void unpacksAnything(byte[] packed) throws IOException {
    for (byte[] magic : MAGIC) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(magic);
      file.writeBytes(packed);
      readOrRefuse(file.toByteArray());
    }
    readOrRefuse(packed);
  }

  private static void readOrRefuse(byte[] file) throws IOException {
    try {
      ReadCapture.of(file, 64);
    } catch (CaptureFormatException documented) {
      // The one answer to what is no capture.
    }
  }
}
