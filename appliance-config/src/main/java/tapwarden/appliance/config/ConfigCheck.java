package tapwarden.appliance.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tapwarden.appliance.config.ConfigProblem.Severity;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.OuiTable;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.equipment.Problem;
import tapwarden.inspect.equipment.VendorGroups;
import tapwarden.inspect.intel.IndicatorLoader;
import tapwarden.inspect.intel.IndicatorProblem;
import tapwarden.inspect.intel.IndicatorReport;
import tapwarden.inspect.intel.IndicatorSource;

/**
 * The slow part of checking a configuration, which compiles what it declares and opens what it
 * names: vendor groups, conflicts between pieces of equipment, every line of the indicator lists.
 */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** The same with the further problems. */
  public static LoadedConfig complete(LoadedConfig loaded) {
    TapwardenConfig config = loaded.config();
    List<ConfigProblem> problems = new ArrayList<>(loaded.problems());
    VendorGroups groups =
        VendorGroups.of(OuiTable.standard(), config.vendorGroups(), "vendor-groups");
    add(problems, groups.problems());
    Policies policies = Policies.of(config.policies());
    add(problems, policies.problems());
    List<EquipmentDeclaration> declared =
        loaded.hasErrors() ? whatIsClaimed(config.equipment()) : config.equipment();
    add(problems, EquipmentDirectory.of(declared, policies, groups).problems());
    IndicatorReport report =
        IndicatorLoader.load(readable(config.indicators()), config.networks(), null).report();
    for (IndicatorReport.ListReport list : report.lists()) {
      list.problems().forEach(problem -> problems.add(line(problem)));
      long unshown = list.refused() - list.problems().size();
      if (unshown > 0) {
        String message = unshown + " further lines were refused";
        problems.add(
            new ConfigProblem(Severity.ERROR, name(list.file()), message, List.of(), null));
      }
    }
    return new LoadedConfig(config, loaded.files(), problems);
  }

  /** Only what is matched: a match or policy that could not be read was reported at its place. */
  private static List<EquipmentDeclaration> whatIsClaimed(List<EquipmentDeclaration> declared) {
    return declared.stream()
        .filter(each ->
            !(each.networks().isEmpty()
                && each.macs().isEmpty()
                && each.vendors().isEmpty()
                && each.vlans().isEmpty()
                && each.interfaces().isEmpty()))
        .map(each ->
            new EquipmentDeclaration(
                each.id(),
                each.networks(),
                each.macs(),
                each.vendors(),
                each.vlans(),
                each.interfaces(),
                each.vendor(),
                each.role(),
                null,
                each.where()))
        .toList();
  }

  /** Each list once; one that cannot be read was reported at the place that names it. */
  private static List<IndicatorSource> readable(List<IndicatorSource> sources) {
    return sources.stream()
        .filter(source -> IndicatorBinder.unreadable(source.file()) == null)
        .distinct()
        .toList();
  }

  private static ConfigProblem line(IndicatorProblem problem) {
    String place =
        problem.line() == 0 ? name(problem.file()) : name(problem.file()) + ":" + problem.line();
    List<String> excerpt =
        problem.text().isEmpty()
            ? List.of()
            : List.of(String.format("%4d | %s", problem.line(), problem.text()));
    return new ConfigProblem(Severity.ERROR, place, problem.reason(), excerpt, null);
  }

  private static String name(Path file) {
    return Visible.text(file.toString());
  }

  private static void add(List<ConfigProblem> problems, List<Problem> found) {
    for (Problem problem : found) {
      problems.add(
          new ConfigProblem(
              Severity.ERROR,
              problem.where(),
              Visible.text(problem.message()),
              List.of(),
              Visible.text(problem.remedy())));
    }
  }
}
