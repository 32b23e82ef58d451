package tapwarden.inspect.equipment;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;

/**
 * A compiled policy: which contacts outside the home networks are allowed. Rules are tried in their
 * order; evaluating allocates nothing.
 */
public final class Policy {
  /** The port of a fragment that bears none: whatever port is allowed there could be its own. */
  public static final int PORT_HIDDEN = -1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** From here on, nanoseconds since 1970 do not fit into 64 bits. */
  private static final int YEAR_OF_OVERFLOW = 2262;

  private final String name;
  private final long learnUntilNanos;
  private final Rule[] rules;

  private Policy(String name, long learnUntilNanos, Rule[] rules) {
    this.name = name;
    this.learnUntilNanos = learnUntilNanos;
    this.rules = rules;
  }

  /** Compiles the declaration; rules that cannot be understood are left out and told. */
  static Policy of(PolicyDeclaration declaration, List<Problem> problems) {
    List<Rule> rules = new ArrayList<>();
    for (PolicyDeclaration.Allow allow : declaration.allow()) {
      NamePattern pattern = allow.name() == null ? null : NamePattern.parse(allow.name());
      if (allow.name() != null && pattern == null) {
        problems.add(
            new Problem(
                declaration.where(),
                "policy " + declaration.name() + ": " + allow.name() + " is no host name",
                "write host.example or *.example, in its ASCII form"));
        continue;
      }
      if (pattern == null
          && allow.network() == null
          && allow.protocol() < 0
          && allow.portFrom() < 0) {
        problems.add(
            new Problem(
                declaration.where(),
                "policy " + declaration.name() + ": a rule without name, address, protocol or port",
                "such a rule allows everything; say what it is meant for"));
        continue;
      }
      rules.add(new Rule(allow, pattern, new Verdict(Verdict.Kind.ALLOWED, allow)));
    }
    return new Policy(
        declaration.name(), endOfDayNanos(declaration.learnUntil()), rules.toArray(new Rule[0]));
  }

  private static long endOfDayNanos(@Nullable LocalDate day) {
    if (day == null) {
      return Long.MIN_VALUE;
    }
    return day.getYear() >= YEAR_OF_OVERFLOW
        ? Long.MAX_VALUE
        : day.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * NANOS_PER_SECOND;
  }

  public String name() {
    return name;
  }

  /** Whether violations at that packet time are learnt from and not alerted. */
  public boolean isLearning(long timestampNanos) {
    return timestampNanos < learnUntilNanos;
  }

  /** Whether any rule is by name, so that a verdict can depend on one. */
  public boolean hasNameRules() {
    for (Rule rule : rules) {
      if (rule.pattern != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Judges a contact with the endpoint of that address.
   *
   * @param protocol IP protocol number
   * @param port the endpoint's port; 0 when the protocol has none, {@link #PORT_HIDDEN} when it has
   *     one that the packet does not show
   * @param endpointName a name of the endpoint; null while none is known
   */
  public Verdict evaluate(
      int version,
      long high,
      long low,
      int protocol,
      int port,
      @Nullable CharSequence endpointName) {
    boolean undecided = false;
    for (Rule rule : rules) {
      if (!rule.fits(version, high, low, protocol, port)) {
        continue;
      }
      if (rule.pattern == null) {
        return rule.allowed;
      }
      if (endpointName == null) {
        undecided = true;
      } else if (rule.pattern.matches(endpointName)) {
        return rule.allowed;
      }
    }
    return undecided ? Verdict.NAME_COULD_STILL_MATCH : Verdict.NOT_ALLOWED;
  }

  /** Whether a look-up of that name is a contact that some rule by name allows. */
  public boolean allowsName(CharSequence endpointName) {
    for (Rule rule : rules) {
      if (rule.pattern != null && rule.pattern.matches(endpointName)) {
        return true;
      }
    }
    return false;
  }

  private static final class Rule {
    final @Nullable NamePattern pattern;
    final Verdict allowed;
    private final @Nullable Cidr network;
    private final int protocol;
    private final int portFrom;
    private final int portTo;

    Rule(PolicyDeclaration.Allow allow, @Nullable NamePattern pattern, Verdict allowed) {
      this.pattern = pattern;
      this.allowed = allowed;
      network = allow.network();
      protocol = allow.protocol();
      portFrom = allow.portFrom();
      portTo = allow.portTo();
    }

    boolean fits(int version, long high, long low, int protocolNumber, int port) {
      return (protocol < 0 || protocol == protocolNumber)
          && (portFrom < 0 || port == PORT_HIDDEN || (port >= portFrom && port <= portTo))
          && (network == null || network.contains(version, high, low));
    }
  }
}
