package tapwarden.inspect.protocol.known;

import static tapwarden.inspect.protocol.known.KnownSample.greeting;
import static tapwarden.inspect.protocol.known.KnownSample.tcp;
import static tapwarden.inspect.protocol.known.KnownSample.udp;

import java.util.List;

/** What each protocol says, written down from its specification. */
final class KnownSamples {
  private KnownSamples() {}

  private static final String NAME_BIOS = "\" CKFDENECFDEFFCFGEFFCCACACACACACA\0";

  /** Each is taken for what it is by its content, whatever the port. */
  static final List<KnownSample> SURE =
      List.of(
          tcp("rdp", 3389, "03 00 00 13 0E E0 00 00 00 00 00", "01 00 08 00 0B 00 00 00"),
          tcp(
              "rdp",
              3389,
              "03 00 00 2C 27 E0 00 00 00 00 00",
              "\"Cookie: mstshash=eltons\r\n",
              "01 00 08 00 00 00 00 00"),
          greeting("rdp", 3389, "03 00 00 13 0E D0 00 00 12 34 00", "02 1F 08 00 02 00 00 00"),
          greeting("rfb", 5900, "\"RFB 003.008\n"),
          tcp("rfb", 5900, "\"RFB 003.889\n"),
          tcp("x11", 6000, "6C 00 0B 00 00 00 12 00 10 00 00 00", "\"MIT-MAGIC-COOKIE-1"),
          tcp("x11", 6000, "42 00 00 0B 00 00 00 00 00 00 00 00"),
          tcp("smb", 445, "00 00 00 2F FF 53 4D 42 72", "42*00"),
          tcp("smb", 445, "00 00 00 6A FE 53 4D 42 40 00 00 00", "94*00"),
          tcp("smb", 139, "81 00 00 44", NAME_BIOS, NAME_BIOS),
          tcp(
              "dcerpc",
              135,
              "05 00 0B 03 10 00 00 00 48 00 00 00 01 00 00 00",
              "D0 16 D0 16 00 00 00 00 01 00 00 00",
              "44~"),
          udp(
              "dcerpc",
              34964,
              "04 00 20 00 10 00 00 00",
              "16~",
              "16~",
              "16~",
              "00 00 00 00 01 00 00 00 00 00 00 00 00 00 FF FF FF FF 04 00 00 00",
              "00 00 01 02 03 04"),
          greeting("rsync", 873, "\"@RSYNCD: 31.0\n"),
          // RFC 4511 §4.2: an anonymous simple bind of version 3.
          tcp("ldap", 389, "30 0C 02 01 01 60 07 02 01 03 04 00 80 00"),
          tcp("ldap", 389, "30 84 00 00 00 10 02 01 01 60 84 00 00 00 07 02 01 03 04 00 80 00"),
          greeting("ldap", 389, "30 0C 02 01 01 61 07 0A 01 00 04 00 04 00"),
          udp(
              "ldap",
              389,
              "30 25 02 01 02 63 20 04 00 0A 01 00 0A 01 00 02 01 00 02 01 00 01 01 00",
              "87 0B",
              "\"objectclass",
              "30 00"),
          tcp("ldap", 389, "30 1D 02 01 01 77 18 80 16", "\"1.3.6.1.4.1.1466.20037"),
          udp("krb5", 88, "6A 81 8C 30 81 89 A1 03 02 01 05 A2 03 02 01 0A A3 0E", "120~"),
          tcp("krb5", 88, "00 00 00 8F 6C 81 8C 30 81 89 A1 03 02 01 05 A2 03 02 01 0C", "123~"),
          udp("krb5", 88, "7E 5A 30 58 A0 03 02 01 05 A1 03 02 01 1E A4 11", "76~"),
          udp("radius", 1812, "01 00 00 28", "16~", "01 06", "\"nemo", "02 0E", "12~"),
          greeting(
              "mysql",
              3306,
              "4E 00 00 00 0A",
              "\"5.7.44-log\0",
              "08 00 00 00",
              "\"abcdefgh\0",
              "FF FF 08 02 00 FF C1 15",
              "10*00",
              "\"abcdefghijkl\0",
              "\"mysql_native_password\0"),
          tcp("pgsql", 5432, "00 00 00 08 04 D2 16 2F"),
          tcp("pgsql", 5432, "00 00 00 17 00 03 00 00", "\"user\0postgres\0\0"),
          tcp(
              "mssql-tds",
              1433,
              "12 01 00 2F 00 00 01 00",
              "00 00 1A 00 06 01 00 20 00 01 02 00 21 00 01 03 00 22 00 04 04 00 26 00 01 FF",
              "0F 00 07 D0 00 00 00 00 00 00 00 00 00"),
          tcp("mssql-tds", 1433, "10 01 00 90 00 00 01 00 88 00 00 00 04 00 00 74", "128~"),
          tcp("mssql-tds", 1433, "01 01 00 BE 00 00 01 00 16 00 00 00 12 00 00 00 02 00", "172~"),
          tcp(
              "oracle",
              1521,
              "00 57 00 00 01 00 00 00 01 36 01 2C 00 00 08 00 7F FF 7F 08 00 00 00 01",
              "00 1D 00 3A 00 00 00 00 41 41",
              "24*00",
              "\"(DESCRIPTION=(CONNECT_DATA=))"),
          tcp(
              "mongodb",
              27017,
              "3A 00 00 00 01 00 00 00 00 00 00 00 D4 07 00 00 00 00 00 00",
              "\"admin.$cmd\0",
              "00 00 00 00 FF FF FF FF 13 00 00 00 10 69 73 6D 61 73 74 65 72 00 01 00 00 00 00"),
          tcp(
              "mongodb",
              27017,
              "24 00 00 00 02 00 00 00 00 00 00 00 DD 07 00 00 00 00 00 00 00",
              "0F 00 00 00 10 70 69 6E 67 00 01 00 00 00 00"),
          tcp("redis", 6379, "\"*1\r\n$4\r\nPING\r\n"),
          tcp("redis", 6379, "\"*3\r\n$3\r\nset\r\n$3\r\nfoo\r\n$3\r\nbar\r\n"),
          tcp("memcached", 11211, "\"set k 0 900 5\r\nhello\r\n"),
          tcp("memcached", 11211, "80 00 00 05 00 00 00 00 00 00 00 05", "12*00", "\"Hello"),
          udp("memcached", 11211, "00 01 00 00 00 01 00 00", "\"stats\r\n"),
          tcp("cassandra", 9042, "04 00 00 00 05 00 00 00 00"),
          tcp(
              "cassandra",
              9042,
              "03 00 00 00 01 00 00 00 16 00 01 00 0B",
              "\"CQL_VERSION",
              "00 05",
              "\"3.0.0"),
          tcp("amqp", 5672, "\"AMQP", "00 00 09 01"),
          tcp("amqp", 5672, "\"AMQP", "03 01 00 00"),
          tcp(
              "jabber",
              5222,
              "\"<?xml version='1.0'?><stream:stream to='im.example.com' version='1.0'>"),
          tcp("irc", 6667, "\"NICK Wiz\r\nUSER guest 0 * :Ronnie Reagan\r\n"),
          tcp("irc", 6667, "\"PASS secret\r\nNICK Wiz\r\n"),
          tcp("irc", 6667, "\"CAP LS 302\r\n"),
          tcp("irc", 6667, "\"USER guest 0 * :Ronnie Reagan\r\n"),
          greeting("irc", 6667, "\":irc.example.net NOTICE * :*** Looking up your hostname\r\n"),
          greeting("imap", 143, "\"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
          tcp("imap", 143, "\"a001 CAPABILITY\r\n"),
          greeting("pop3", 110, "\"+OK POP3 server ready <1896.697170952@dbc.example>\r\n"),
          tcp("pop3", 110, "\"CAPA\r\n"),
          greeting("nntp", 119, "\"200 news.example.com InterNetNews ready\r\n"),
          tcp("nntp", 119, "\"MODE READER\r\n"),
          tcp("rtmp", 1935, "03 00 0A 1B 2C 00 00 00 00", "255~", "200~"),
          udp(
              "rtcp",
              5005,
              "80 C8 00 06",
              "24~",
              "81 CA 00 03 01 02 03 04 01 04 61 40 62 63 00 00"),
          // RFC 5769 §2.1, its header.
          udp("stun", 3478, "00 01 00 08 21 12 A4 42 B7 E7 A7 01 BC 34 D6 86 FA 87 DF AE", "8~"),
          tcp("bittorrent", 6881, "13", "\"BitTorrent protocol", "8*00", "40~"),
          udp("bittorrent", 6881, "41 00 12 34 05 F5 E1 00 00 00 00 00 00 0F 00 00 00 01 00 00"),
          udp("bittorrent", 6771, "\"BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\n"),
          // BEP 5, its example of a ping.
          udp("bittorrent-dht", 6881, "\"d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe"),
          udp("wireguard", 51820, "01 00 00 00", "144~"),
          udp("wireguard", 51820, "02 00 00 00", "88~"),
          udp("openvpn", 1194, "38", "8~", "00 00 00 00 00"),
          udp("openvpn", 1194, "38", "8~", "20~", "00 00 00 01 65 00 00 00 00 00 00 00 00"),
          tcp("openvpn", 1194, "00 0E 38", "8~", "00 00 00 00 00"),
          udp("openvpn", 1194, "40", "8~", "01 00 00 00 00", "8~", "00 00 00 00"),
          udp("ike", 500, "8~", "8*00", "21 20 22 08 00 00 00 00 00 00 00 30", "20~"),
          udp(
              "ike",
              4500,
              "00 00 00 00",
              "8~",
              "8*00",
              "01 10 02 00 00 00 00 00 00 00 00 20 01 02 03 04"),
          udp("l2tp", 1701, "C8 02 00 14 00 00 00 00 00 00 00 00 80 08 00 00 00 00 00 01"),
          // RFC 5424 §6.5 and RFC 3164 §5.4, their first examples.
          udp(
              "syslog",
              514,
              "\"<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - x"),
          udp("syslog", 514, "\"<34>Oct 11 22:14:15 mymachine su: 'su root' failed"),
          tcp("syslog", 601, "\"51 <34>Oct 11 22:14:15 mymachine su: 'su root' failed"));

  /** Each is taken for what it is on its port, and nowhere else. */
  static final List<KnownSample> LIKELY =
      List.of(
          tcp("rdp", 3389, "03 00 00 0B 06 E0 00 00 00 00 00"),
          tcp("memcached", 11211, "\"get foo\r\n"),
          greeting("pop3", 110, "\"+OK ready\r\n"),
          greeting("nntp", 119, "\"200 welcome\r\n"),
          tcp("imap", 143, "\"a LOGIN smith sesame\r\n"),
          udp("syslog", 514, "\"<13>hello"));
}
