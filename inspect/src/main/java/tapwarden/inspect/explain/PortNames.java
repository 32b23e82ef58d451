package tapwarden.inspect.explain;

/** Services behind well-known ports (IANA registry, and what equipment is known to use). */
final class PortNames {
  private PortNames() {}

  /** The service, empty if the port is not known. What runs on a port may be something else. */
  static String of(int port) {
    return port < 1024 ? system(port) : port < 5000 ? user(port) : high(port);
  }

  private static String system(int port) {
    return switch (port) {
      case 7 -> "echo";
      case 9 -> "discard";
      case 13 -> "daytime";
      case 17 -> "quote of the day";
      case 19 -> "chargen";
      case 20 -> "FTP data";
      case 21 -> "FTP";
      case 22 -> "SSH";
      case 23 -> "Telnet";
      case 25 -> "SMTP";
      case 37 -> "time";
      case 43 -> "whois";
      case 49 -> "TACACS+";
      case 53 -> "DNS";
      case 67 -> "DHCP server";
      case 68 -> "DHCP client";
      case 69 -> "TFTP";
      case 70 -> "Gopher";
      case 79 -> "finger";
      case 80 -> "HTTP";
      case 88 -> "Kerberos";
      case 102 -> "ISO transport (S7, MMS)";
      case 110 -> "POP3";
      case 111 -> "ONC RPC portmapper";
      case 113 -> "ident";
      case 119 -> "NNTP";
      case 123 -> "NTP";
      case 135 -> "DCE RPC endpoint mapper";
      case 137 -> "NetBIOS name service";
      case 138 -> "NetBIOS datagram";
      case 139 -> "NetBIOS session";
      case 143 -> "IMAP";
      case 161 -> "SNMP";
      case 162 -> "SNMP trap";
      case 177 -> "XDMCP";
      case 179 -> "BGP";
      case 194 -> "IRC";
      case 264 -> "BGMP";
      case 319 -> "PTP event";
      case 320 -> "PTP general";
      case 389 -> "LDAP";
      case 427 -> "SLP";
      case 443 -> "HTTPS";
      case 445 -> "SMB";
      case 464 -> "Kerberos password";
      case 465 -> "SMTP over TLS";
      case 500 -> "IKE";
      case 502 -> "Modbus";
      case 512 -> "rexec";
      case 513 -> "rlogin";
      case 514 -> "syslog or rsh";
      case 515 -> "line printer";
      case 520 -> "RIP";
      case 521 -> "RIPng";
      case 546 -> "DHCPv6 client";
      case 547 -> "DHCPv6 server";
      case 548 -> "AFP";
      case 554 -> "RTSP";
      case 587 -> "mail submission";
      case 623 -> "IPMI";
      case 631 -> "IPP";
      case 636 -> "LDAP over TLS";
      case 646 -> "LDP";
      case 789 -> "Red Lion Crimson";
      case 830 -> "NETCONF over SSH";
      case 853 -> "DNS over TLS or QUIC";
      case 873 -> "rsync";
      case 989, 990 -> "FTP over TLS";
      case 992 -> "Telnet over TLS";
      case 993 -> "IMAP over TLS";
      case 995 -> "POP3 over TLS";
      default -> "";
    };
  }

  private static String user(int port) {
    return switch (port) {
      case 1080 -> "SOCKS";
      case 1194 -> "OpenVPN";
      case 1433 -> "SQL Server";
      case 1434 -> "SQL Server browser";
      case 1521 -> "Oracle";
      case 1645 -> "RADIUS (old)";
      case 1646 -> "RADIUS accounting (old)";
      case 1701 -> "L2TP";
      case 1719 -> "H.323 gatekeeper";
      case 1720 -> "H.323";
      case 1723 -> "PPTP";
      case 1812 -> "RADIUS";
      case 1813 -> "RADIUS accounting";
      case 1883 -> "MQTT";
      case 1900 -> "SSDP";
      case 1911, 4911 -> "Niagara Fox";
      case 1985 -> "HSRP";
      case 2000 -> "Cisco SCCP";
      case 2049 -> "NFS";
      case 2055 -> "NetFlow";
      case 2123 -> "GTP control";
      case 2152 -> "GTP user plane";
      case 2222 -> "EtherNet/IP I/O";
      case 2375 -> "Docker";
      case 2376 -> "Docker over TLS";
      case 2404 -> "IEC 60870-5-104";
      case 2427 -> "MGCP gateway";
      case 2727 -> "MGCP call agent";
      case 2905 -> "M3UA";
      case 2944 -> "H.248";
      case 3128 -> "web proxy";
      case 3260 -> "iSCSI";
      case 3268 -> "LDAP global catalogue";
      case 3306 -> "MySQL";
      case 3386 -> "GTP prime";
      case 3389 -> "RDP";
      case 3478 -> "STUN";
      case 3544 -> "Teredo";
      case 3702 -> "WS-Discovery";
      case 3784 -> "BFD";
      case 3868 -> "Diameter";
      case 4189 -> "PCEP";
      case 4500 -> "IPsec through NAT";
      case 4567 -> "TR-069 connection request";
      case 4739 -> "IPFIX";
      case 4786 -> "Cisco Smart Install";
      case 4789 -> "VXLAN";
      case 4790 -> "VXLAN-GPE";
      case 4840 -> "OPC UA";
      default -> "";
    };
  }

  private static String high(int port) {
    return switch (port) {
      case 5004 -> "RTP";
      case 5005 -> "RTCP";
      case 5060 -> "SIP";
      case 5061 -> "SIP over TLS";
      case 5094 -> "HART-IP";
      case 5222 -> "XMPP";
      case 5246 -> "CAPWAP control";
      case 5247 -> "CAPWAP data";
      case 5353 -> "mDNS";
      case 5355 -> "LLMNR";
      case 5432 -> "PostgreSQL";
      case 5555 -> "Android debug bridge";
      case 5671 -> "AMQP over TLS";
      case 5672 -> "AMQP";
      case 5683 -> "CoAP";
      case 5684 -> "CoAP over DTLS";
      case 5900 -> "VNC";
      case 5985 -> "WinRM";
      case 6653 -> "OpenFlow";
      case 6081 -> "GENEVE";
      case 6343 -> "sFlow";
      case 6379 -> "Redis";
      case 6514 -> "syslog over TLS";
      case 6633 -> "OpenFlow (old)";
      case 6667 -> "IRC";
      case 6881 -> "BitTorrent";
      case 7547 -> "TR-069 (CWMP)";
      case 8000 -> "HTTP, or Hikvision control";
      case 8008 -> "HTTP";
      case 8080 -> "HTTP";
      case 8443 -> "HTTPS";
      case 8472 -> "VXLAN (Linux)";
      case 8554 -> "RTSP";
      case 8728 -> "MikroTik API";
      case 8805 -> "PFCP";
      case 8883 -> "MQTT over TLS";
      case 9100 -> "printer";
      case 9200 -> "Elasticsearch";
      case 9899 -> "SCTP over UDP";
      case 9996 -> "NetFlow";
      case 10161 -> "SNMP over TLS";
      case 11112 -> "DICOM";
      case 11211 -> "memcached";
      case 20000 -> "DNP3";
      case 27017 -> "MongoDB";
      case 29118 -> "SGsAP";
      case 34567 -> "Xiongmai control";
      case 34962, 34963, 34964 -> "PROFINET";
      case 36412 -> "S1AP";
      case 36422 -> "X2AP";
      case 37008 -> "TZSP";
      case 37020 -> "Hikvision SADP";
      case 37777 -> "Dahua control";
      case 37810 -> "Dahua discovery";
      case 38412 -> "NGAP";
      case 38422 -> "XnAP";
      case 38462 -> "E1AP";
      case 38472 -> "F1AP";
      case 44818 -> "EtherNet/IP";
      case 47808 -> "BACnet";
      case 51820 -> "WireGuard";
      default -> "";
    };
  }
}
