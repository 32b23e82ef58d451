package tapwarden.benchmarks.bait;

import static tapwarden.benchmarks.bait.Bytes.counted;
import static tapwarden.benchmarks.bait.Bytes.hex;
import static tapwarden.benchmarks.bait.Bytes.join;
import static tapwarden.benchmarks.bait.Bytes.repeat;
import static tapwarden.benchmarks.bait.Bytes.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** For readers of connections: what each finds hardest, and what all may find hard. */
final class StreamBaits {
  private static final byte[] NOTHING = {};

  /** How each protocol's client and server begin, for the inputs that every reader gets. */
  private static final Map<String, List<byte[]>> BEGINNINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("http", both("GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n")),
              Map.entry("http2", both("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "")),
              Map.entry("smtp", both("EHLO a\r\nMAIL FROM:<a@a>\r\nDATA\r\n", "220 a ESMTP\r\n")),
              Map.entry("ftp", both("USER a\r\n", "220 FTP\r\n")),
              Map.entry("ssh", both("SSH-2.0-a\r\n", "SSH-2.0-a\r\n")),
              Map.entry("telnet", List.of(hex("fffd18"), hex("fffb01"))),
              Map.entry("mqtt", List.of(hex("100c00044d5154540402003c0000"), hex("20020000"))),
              Map.entry("socks", List.of(hex("050100"), hex("0500"))),
              Map.entry("rtsp", both("OPTIONS * RTSP/1.0\r\n", "RTSP/1.0 200 OK\r\n")),
              Map.entry("sip", both("OPTIONS sip:a SIP/2.0\r\n", "SIP/2.0 200 OK\r\n")),
              Map.entry("tls", List.of(hex("160301"), hex("160303"))),
              Map.entry("ftp-data", both("", ""))));

  private final Readers readers;
  private final List<Bait> baits = new ArrayList<>();

  StreamBaits(Readers readers) {
    this.readers = readers;
  }

  private static List<byte[]> both(String client, String server) {
    return List.of(text(client), text(server));
  }

  List<Bait> all() {
    readers
        .all()
        .forEach((word, protocol) -> {
          if (protocol.newStream(null) != null) {
            everything(word, BEGINNINGS.getOrDefault(word, List.of(NOTHING, NOTHING)));
          }
        });
    http();
    http2();
    mail();
    others();
    tls();
    return baits;
  }

  private void add(String word, String what, boolean toServer, IntFunction<byte[]> said) {
    after(word, what, toServer, NOTHING, said);
  }

  private void after(
      String word, String what, boolean toServer, byte[] before, IntFunction<byte[]> said) {
    for (int chunk : new int[] {Readers.SEGMENT, 1}) {
      baits.add(readers.stream(word, what, toServer, chunk, before, said));
    }
  }

  private void everything(String word, List<byte[]> begin) {
    Map<String, byte[]> units = new TreeMap<>();
    units.put("one line", text("A"));
    units.put("line ends", text("\r\n"));
    units.put("short lines", text("X: y\r\n"));
    units.put("folded lines", text("X: y\r\n z\r\n"));
    units.put("spaces", text(" "));
    units.put("commas", text("a,"));
    units.put("quotes", text("\"\\\""));
    units.put("zeros", new byte[1]);
    units.put("ones", hex("01"));
    units.put("all bits", hex("ff"));
    for (int side = 0; side < 2; side++) {
      byte[] head = begin.get(side);
      boolean toServer = side == 0;
      byte[] before = toServer ? NOTHING : begin.getFirst();
      String who = toServer ? "client: " : "server: ";
      units.forEach((what, unit) ->
          after(word, who + what, toServer, before, n -> join(head, repeat(unit, n))));
      if (head.length > 0) {
        after(word, who + "its beginning again", toServer, before, n -> repeat(head, n));
      }
    }
  }

  private void http() {
    byte[] get = text("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    byte[] ok = text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    add("http", "pipelined requests", true, n -> repeat(get, n));
    add(
        "http",
        "posts of nothing",
        true,
        n -> repeat("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", n));
    after(
        "http",
        "small answers",
        false,
        repeat(get, 4_000),
        n -> repeat("HTTP/1.1 204 N\r\n\r\n", n));
    after(
        "http", "answers before the answer", false, get, n -> repeat("HTTP/1.1 100 C\r\n\r\n", n));
    after("http", "chunks of a byte", false, get, n -> join(ok, repeat("1\r\na\r\n", n)));
    after("http", "zeros before a chunk's length", false, get, n -> join(ok, repeat("0", n)));
    after(
        "http",
        "an extension of a chunk",
        false,
        get,
        n -> join(ok, text("1;"), repeat("a=b;", n)));
    after("http", "a trailer", false, get, n -> join(ok, text("0\r\n"), repeat("X: y\r\n", n)));
    after(
        "http",
        "codings one in another",
        false,
        get,
        n ->
            join(
                text("HTTP/1.1 200 OK\r\nContent-Encoding: "),
                repeat("gzip, ", n),
                text("\r\n\r\n")));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return new Bytes()
        .number(payload.length, 3)
        .number(type, 1)
        .number(flags, 1)
        .number(stream, 4)
        .add(payload)
        .array();
  }

  private void http2() {
    byte[] preface = join(text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), frame(4, 0, 0, NOTHING));
    Map<String, byte[]> frames = new TreeMap<>();
    frames.put("pings", frame(6, 0, 0, new byte[8]));
    frames.put("settings", frame(4, 0, 0, NOTHING));
    frames.put("resets", frame(3, 0, 1, new byte[4]));
    frames.put("data of nothing", frame(0, 0, 1, NOTHING));
    // HPACK: :method GET and so on from the static table; then entries of one byte each added.
    frames.put("requests", frame(1, 5, 1, hex("828684410161")));
    frames.put("entries added", frame(1, 5, 1, repeat(hex("4001610162"), 1_000)));
    frames.put(
        "entries evicted", frame(1, 5, 1, join(hex("3fe11f"), repeat(hex("4001610162"), 9_000))));
    frames.put(
        "the largest entry again",
        frame(1, 5, 1, join(hex("4001617f8117"), repeat("v", 3_000), repeat(hex("be"), 4_000))));
    frames.forEach((what, frame) -> add("http2", what, true, n -> join(preface, repeat(frame, n))));
    add(
        "http2",
        "new streams",
        true,
        n -> {
          Bytes all = new Bytes().add(preface);
          for (int stream = 1; all.size() < n; stream += 2) {
            all.add(frame(1, 4, stream, hex("828684410161")));
          }
          return all.array();
        });
    add(
        "http2",
        "a header in parts of a byte",
        true,
        n -> join(preface, frame(1, 0, 1, hex("82")), repeat(frame(9, 0, 1, hex("86")), n)));
    add(
        "http2",
        "a header in parts of nothing",
        true,
        n -> join(preface, frame(1, 0, 1, hex("82")), repeat(frame(9, 0, 1, NOTHING), n)));
  }

  private void mail() {
    byte[] data = text("EHLO a\r\nMAIL FROM:<a@a>\r\nRCPT TO:<b@b>\r\nDATA\r\n");
    String multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    Map<String, String> units = new TreeMap<>();
    units.put("boundaries", "--b\r\n");
    units.put("nearly boundaries", "--bb\r\n");
    units.put("parts in parts", "--b\r\n" + multipart);
    units.put("attachments", "--b\r\nContent-Disposition: attachment; filename=a\r\n\r\na\r\n");
    units.put("continued parameters", " filename*0=a; filename*1=b;\r\n");
    units.put("encoded words", " =?utf-8?q?=61?=\r\n");
    units.put("received", "Received: from a by b\r\n");
    units.put("dots", "..\r\n");
    units.forEach((what, unit) -> {
      String head = what.startsWith("enc") ? "Subject: a\r\n" : multipart;
      add("smtp", what, true, n -> join(data, text(head), repeat(unit, n)));
    });
    add(
        "smtp",
        "recipients",
        true,
        n -> join(text("EHLO a\r\nMAIL FROM:<a@a>\r\n"), repeat("RCPT TO:<b@b>\r\n", n)));
    add(
        "smtp",
        "mails",
        true,
        n -> repeat("MAIL FROM:<a@a>\r\nRCPT TO:<b@b>\r\nDATA\r\nSubject: a\r\n\r\na\r\n.\r\n", n));
    after(
        "smtp",
        "capabilities",
        false,
        text("EHLO a\r\n"),
        n -> join(text("220 a\r\n"), repeat("250-A\r\n", n)));
  }

  private void others() {
    add("ftp", "ports", true, n -> repeat("PORT 1,2,3,4,5,6\r\n", n));
    after(
        "ftp",
        "passive ports",
        false,
        repeat("PASV\r\n", 600),
        n -> join(text("220 a\r\n"), repeat("227 (1,2,3,4,5,6)\r\n", n)));
    after(
        "ftp",
        "one answer of many lines",
        false,
        text("USER a\r\n"),
        n -> join(text("220-a\r\n"), repeat(" 220\r\n", n)));
    add(
        "ssh",
        "names in a list",
        true,
        n -> {
          byte[] names = counted(4, repeat("a,", Math.min(n, 32_000)));
          byte[] body =
              join(hex("0414"), new byte[16], names, repeat(new byte[4], 40), new byte[9]);
          return join(text("SSH-2.0-a\r\n"), counted(4, body));
        });
    add("ssh", "lines before the banner", false, n -> repeat("a\r\n", n));
    byte[] connect = hex("100c00044d5154540402003c0000");
    add("mqtt", "pings", true, n -> join(connect, repeat(hex("c000"), n)));
    add("mqtt", "connects", true, n -> repeat(connect, n));
    add("mqtt", "messages", true, n -> join(connect, repeat(hex("300400016162"), n)));
    add(
        "mqtt",
        "topics in one packet",
        true,
        n -> {
          byte[] topics = repeat(hex("00016100"), n);
          int rest = topics.length + 2;
          byte[] length = {(byte) (rest | 0x80), (byte) (rest >> 7 | 0x80), (byte) (rest >> 14)};
          return join(connect, hex("82"), length, hex("0001"), topics);
        });
    byte[] media = hex("2400000161");
    add(
        "rtsp",
        "media of a byte",
        true,
        n -> join(text("OPTIONS * RTSP/1.0\r\n\r\n"), repeat(media, n)));
    add("rtsp", "requests", true, n -> repeat("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n", n));
    add("telnet", "options", true, n -> repeat(hex("fffd18"), n));
    add("telnet", "a suboption", true, n -> join(hex("fffa18"), repeat(hex("ffff"), n)));
    add(
        "sip",
        "messages",
        true,
        n -> repeat("OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n", n));
    add(
        "sip",
        "many Via",
        true,
        n -> join(text("OPTIONS sip:a SIP/2.0\r\n"), repeat("Via: a\r\n", n)));
  }

  private static byte[] record(byte[] body) {
    return join(hex("160301"), counted(2, body));
  }

  /** A message in records of so many bytes. */
  private static byte[] records(byte[] message, int each) {
    Bytes all = new Bytes();
    for (int at = 0; at < message.length; at += each) {
      int some = Math.min(each, message.length - at);
      all.add(record(java.util.Arrays.copyOfRange(message, at, at + some)));
    }
    return all.array();
  }

  static byte[] hello(byte[] ciphers, byte[] extensions) {
    byte[] body =
        join(hex("0303"), new byte[33], counted(2, ciphers), hex("0100"), counted(2, extensions));
    return join(hex("01"), counted(3, body));
  }

  private static byte[] numbered(int count, boolean falling, byte[] behind) {
    Bytes all = new Bytes();
    for (int i = 0; i < count; i++) {
      all.number(falling ? 0xFFFF - i : i, 2).add(behind);
    }
    return all.array();
  }

  private void tls() {
    byte[] small = hello(hex("c02f"), NOTHING);
    add("tls", "records of nothing", true, n -> repeat(record(NOTHING), n));
    add("tls", "hellos", true, n -> repeat(record(small), n));
    add(
        "tls",
        "records of a byte",
        true,
        n -> records(hello(hex("c02f"), join(hex("0015"), counted(2, new byte[n / 8]))), 1));
    for (boolean falling : new boolean[] {false, true}) {
      String order = falling ? ", falling" : ", rising";
      add(
          "tls",
          "ciphers" + order,
          true,
          n -> records(hello(numbered(n / 4, falling, NOTHING), NOTHING), 16_000));
      add(
          "tls",
          "extensions" + order,
          true,
          n -> records(hello(hex("c02f"), numbered(n / 9, falling, new byte[2])), 16_000));
    }
    add(
        "tls",
        "names",
        true,
        n ->
            records(
                hello(
                    hex("c02f"),
                    join(hex("0000"), counted(2, counted(2, repeat(hex("00000161"), n / 3))))),
                16_000));
    byte[] helloBack = join(hex("02"), counted(3, join(hex("0303"), new byte[33], hex("c02f00"))));
    after(
        "tls",
        "certificates",
        false,
        record(small),
        n ->
            records(
                join(
                    helloBack,
                    hex("0b"),
                    counted(3, counted(3, repeat(join(hex("000004"), hex("30023000")), n)))),
                16_000));
    after(
        "tls",
        "names of a certificate",
        false,
        record(small),
        n ->
            records(
                join(helloBack, hex("0b"), counted(3, counted(3, counted(3, certificate(n))))),
                16_000));
    after(
        "tls",
        "messages of nothing",
        false,
        record(small),
        n -> records(join(helloBack, repeat(hex("04000000"), n)), 16_000));
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = join(parts);
    return join(new Bytes().number(tag, 1).number(0x83, 1).array(), counted(3, content));
  }

  /** RFC 5280 §4.1, with that many bytes of attributes in its subject, and of names beside it. */
  private static byte[] certificate(int bytes) {
    byte[] algorithm = hex("300d06092a864886f70d01010b0500");
    byte[] validity = hex("301e170d3230303130313030303030305a170d3330303130313030303030305a");
    byte[] attributes = repeat(hex("310a300806035504030c0161"), bytes / 2);
    byte[] names = der(0x30, repeat(hex("820161"), bytes / 2));
    byte[] extension = der(0x30, hex("0603551d11"), der(0x04, names));
    byte[] tbs =
        der(
            0x30,
            hex("a003020102020101"),
            algorithm,
            der(0x30, attributes),
            validity,
            der(0x30, attributes),
            der(0x30, algorithm, hex("03020000")),
            der(0xA3, der(0x30, extension)));
    return der(0x30, tbs, algorithm, hex("03020000"));
  }
}
