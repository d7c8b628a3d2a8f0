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
     * Reads a file and makes the rules, in the format that its {@code version} or {@code apiVersion} names.
     *
     * @param name what positions are printed with, and what the groups are known by
     * @param interval of the groups, in milliseconds
     */
    public static SloFile read(String name, String text, long interval, QueryOptions options) {
        List<Problem> problems = new ArrayList<>();
        List<GroupSpec> groups = new ArrayList<>();
        try {
            List<ConfigNode> documents = YamlReader.readAll(name, text);
            List<Slo> slos = new ArrayList<>();
            if (documents.getFirst().plain() instanceof MapNode map
                    && map.entries().containsKey("apiVersion")) {
                slos.addAll(new OpenSloReader(problems).read(documents));
            } else {
                documents.forEach(document -> slos.addAll(new SlothReader(problems).read(document)));
            }
            for (Slo slo : slos) {
                groups.addAll(new SloRules(slo, name, interval, options).groups());
            }
        } catch (YamlException e) {
            problems.add(new Problem(e.mark(), String.valueOf(e.getMessage()), null));
        }
        return new SloFile(problems.isEmpty() ? groups : List.of(), problems);
    }
}
