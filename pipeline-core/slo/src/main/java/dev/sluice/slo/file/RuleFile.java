package dev.sluice.slo.file;

import dev.sluice.promql.rules.GroupSpec;
import java.util.List;

/**
 * What a rule file says.
 *
 * @param name as the user gave it
 */
public record RuleFile(String name, List<Group> groups) {
    public RuleFile {
        groups = List.copyOf(groups);
    }

    /** A group with the places of its rules' expressions. */
    public record Group(GroupSpec spec, List<ExprPlace> places) {
        public Group {
            places = List.copyOf(places);
        }
    }

    public List<GroupSpec> specs() {
        return groups.stream().map(Group::spec).toList();
    }

    public int rules() {
        return groups.stream().mapToInt(group -> group.spec().rules().size()).sum();
    }
}
