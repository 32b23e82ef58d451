package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All policies by name, compiled; immutable. */
public final class Policies {
  private static final Policies NONE = of(List.of());

  private final Map<String, Policy> byName;
  private final List<Problem> problems;

  private Policies(Map<String, Policy> byName, List<Problem> problems) {
    this.byName = Map.copyOf(byName);
    this.problems = List.copyOf(problems);
  }

  /** Compiles the declarations; what is wrong with them is in {@link #problems()}. */
  public static Policies of(List<PolicyDeclaration> declarations) {
    Map<String, Policy> byName = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (PolicyDeclaration declaration : declarations) {
      Policy policy = Policy.of(declaration, problems);
      if (byName.putIfAbsent(policy.name(), policy) != null) {
        problems.add(
            new Problem(
                declaration.where(),
                "policy " + policy.name() + " is declared twice",
                "merge the two"));
      }
    }
    return new Policies(byName, problems);
  }

  public static Policies none() {
    return NONE;
  }

  public List<Problem> problems() {
    return problems;
  }

  /** The policy of that name, or null. */
  public @Nullable Policy policy(String name) {
    return byName.get(name);
  }

  /** The policy of that equipment, or null if it has none. */
  public @Nullable Policy policyOf(Equipment equipment) {
    String name = equipment.policy();
    return name == null ? null : byName.get(name);
  }
}
