package dev.sluice.slo.spec;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file of objectives comes to.
 *
 * @param groups of rules; none where there are problems
 */
public record SloFile(List<GroupSpec> groups, List<Problem> problems) {
    public SloFile {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file and makes the rules, in the format that its {@code version} names.
     *
     * @param name what positions are printed with, and what the groups are known by
     * @param interval of the groups, in milliseconds
     */
    public static SloFile read(String name, String text, long interval, QueryOptions options) {
        List<Problem> problems = new ArrayList<>();
        List<GroupSpec> groups = new ArrayList<>();
        try {
            ConfigNode root = YamlReader.read(name, text);
            if (root.plain() instanceof MapNode map && map.entries().containsKey("apiVersion")) {
                String message =
                        "OpenSLO and resources of Kubernetes are not read yet; write it as Sloth's prometheus/v1";
                problems.add(new Problem(map.entries().get("apiVersion").keyMark(), message, null));
            } else {
                for (Slo slo : new SlothReader(problems).read(root)) {
                    groups.addAll(new SloRules(slo, name, interval, options).groups());
                }
            }
        } catch (YamlException e) {
            problems.add(new Problem(e.mark(), String.valueOf(e.getMessage()), null));
        }
        return new SloFile(problems.isEmpty() ? groups : List.of(), problems);
    }
}
