package tapwarden.inspect.protocol.ntp;

/** Words for what control and private messages ask for. */
final class NtpWords {
  private NtpWords() {}

  /** RFC 9327 §2, table 1. */
  static String operation(int operation) {
    return switch (operation) {
      case 1 -> "read_status";
      case 2 -> "read_variables";
      case 3 -> "write_variables";
      case 4 -> "read_clock_variables";
      case 5 -> "write_clock_variables";
      case 6 -> "set_trap";
      case 7 -> "asynchronous_message";
      case 8 -> "configure";
      case 9 -> "save_configuration";
      case 10 -> "read_most_recent";
      case 11 -> "read_ordered_list";
      case 12 -> "request_nonce";
      case 31 -> "unset_trap";
      default -> "unknown";
    };
  }

  /** Requests of mode 7 by the names that ntpd and xntpd gave them. */
  static String request(int code) {
    return switch (code) {
      case 0 -> "peer_list";
      case 1 -> "peer_list_sum";
      case 2 -> "peer_info";
      case 3 -> "peer_stats";
      case 4 -> "sys_info";
      case 5 -> "sys_stats";
      case 6 -> "io_stats";
      case 7 -> "mem_stats";
      case 8 -> "loop_info";
      case 9 -> "timer_stats";
      case 10 -> "config";
      case 11 -> "unconfig";
      case 12 -> "set_sys_flag";
      case 13 -> "clr_sys_flag";
      case 16 -> "get_restrict";
      case 17 -> "resaddflags";
      case 18 -> "ressubflags";
      case 19 -> "unrestrict";
      case 20 -> "mon_getlist";
      case 21 -> "reset_stats";
      case 22 -> "reset_peer";
      case 23 -> "reread_keys";
      case 26 -> "trustkey";
      case 27 -> "untrustkey";
      case 28 -> "auth_info";
      case 29 -> "traps";
      case 30 -> "add_trap";
      case 31 -> "clr_trap";
      case 32 -> "request_key";
      case 33 -> "control_key";
      case 34 -> "ctl_stats";
      case 36 -> "get_clock_info";
      case 42 -> "mon_getlist_1";
      case 43 -> "host_assoc_list";
      case 44 -> "if_stats";
      case 45 -> "if_reload";
      default -> "unknown";
    };
  }
}
