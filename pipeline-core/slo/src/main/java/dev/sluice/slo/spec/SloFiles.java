package dev.sluice.slo.spec;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.Suggestion;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What files of objectives come to, read together, for documents of one may refer to those of another.
 *
 * @param groups of rules; none where there are problems
 * @param warnings what is taken otherwise than it was meant
 */
public record SloFiles(List<GroupSpec> groups, List<Problem> problems, List<Problem> warnings) {
    public SloFiles {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** A file: positions are printed with its name, and the groups of rules are known by it. */
    public record Source(String name, String text) {}

    /**
     * Reads files and makes the rules. Each document is in the format that its {@code version} or {@code apiVersion} names.
     *
     * @param interval of the groups, in milliseconds
     */
    public static SloFiles read(List<Source> sources, SloPeriods periods, long interval, QueryOptions options) {
        Reading reading = new Reading(periods);
        sources.forEach(reading::take);
        List<Slo> slos = reading.slos();
        List<GroupSpec> groups = new ArrayList<>();
        if (reading.findings.problems().isEmpty()) {
            slos.forEach(slo -> groups.addAll(new SloRules(slo, interval, options).groups()));
        }
        return new SloFiles(groups, reading.findings.problems(), reading.findings.warnings());
    }

    /** First all documents are taken in, then objectives are read, which may refer to any of them. */
    private static final class Reading {
        private final Findings findings = new Findings();
        private final SloPeriods periods;
        private final OpenSloDocuments documents = new OpenSloDocuments(findings);
        private final List<Supplier<List<Slo>>> objectives = new ArrayList<>();

        Reading(SloPeriods periods) {
            this.periods = periods;
        }

        void take(Source source) {
            try {
                YamlReader.readAll(source.name(), source.text()).forEach(this::take);
            } catch (YamlException e) {
                findings.problem(e.mark(), String.valueOf(e.getMessage()), null);
            }
        }

        private void take(ConfigNode document) {
            if (document.child("apiVersion") == null) {
                objectives.add(() -> SlothReader.read(document, usual(), findings));
                return;
            }
            // Keys are looked at by who reads the document.
            Fields header = new Fields(document, "document", List.of(), key -> {});
            String version = header.text("apiVersion");
            switch (version) {
                case SloFormat.OPENSLO -> {
                    OpenSloReader reader = new OpenSloReader(documents, periods, findings);
                    documents
                            .add(document)
                            .filter(added -> added.kind().equals(OpenSloDocuments.SLO))
                            .ifPresent(slo -> objectives.add(() -> reader.read(slo)));
                }
                case SloFormat.SLOTH_KINDS -> {
                    String kind = header.text("kind");
                    if (kind.equals(SlothReader.RESOURCE)) {
                        objectives.add(() -> SlothReader.resource(document, usual(), findings));
                    } else {
                        findings.problem(
                                header.mark("kind"),
                                kind.equals(AlertWindowsReader.KIND)
                                        ? "AlertWindows are no objectives: slo_period_windows_path names the folder that has them"
                                        : "unknown kind \"" + kind + "\"",
                                Suggestion.of(kind, List.of(SlothReader.RESOURCE)));
                    }
                }
                default ->
                    findings.problem(
                            header.mark("apiVersion"),
                            "unknown apiVersion \"" + version + "\": objectives are in apiVersion " + SloFormat.OPENSLO
                                    + " or " + SloFormat.SLOTH_KINDS + ", or in Sloth's version " + SloFormat.SLOTH,
                            Suggestion.of(version, List.of(SloFormat.OPENSLO, SloFormat.SLOTH_KINDS)));
            }
        }

        /** There are windows for it, or it would not be usual. */
        private Windows usual() {
            return periods.windows(periods.usual()).orElseThrow();
        }

        List<Slo> slos() {
            Map<String, Slo> byId = new HashMap<>();
            List<Slo> slos = new ArrayList<>();
            for (Slo slo :
                    objectives.stream().flatMap(each -> each.get().stream()).toList()) {
                Slo other = byId.putIfAbsent(slo.id(), slo);
                if (other != null) {
                    findings.problem(
                            slo.mark(),
                            "the SLO " + slo.id() + " is repeated: it is at " + other.mark() + " already",
                            null);
                }
                slos.add(slo);
            }
            if (objectives.isEmpty() && findings.problems().isEmpty()) {
                documents
                        .first()
                        .ifPresent(document -> findings.problem(
                                document.spec().mark(), "at least one document of kind SLO is required", null));
            }
            return slos;
        }
    }
}
