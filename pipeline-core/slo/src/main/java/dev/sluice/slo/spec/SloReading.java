package dev.sluice.slo.spec;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Suggestion;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads files of objectives: first all documents are taken in, then objectives are read, which may refer to any of them. */
final class SloReading {
    private final SloPeriods periods;
    private final Findings findings;
    private final OpenSloDocuments documents;
    private final List<Supplier<List<Slo>>> objectives = new ArrayList<>();

    SloReading(SloPeriods periods, Findings findings) {
        this.periods = periods;
        this.findings = findings;
        documents = new OpenSloDocuments(findings);
    }

    void take(SloFiles.Source source) {
        try {
            List<ConfigNode> all = YamlReader.readAll(source.name(), source.text());
            // A document that is empty, as after a last "---", says nothing, but a file must say something.
            all.stream()
                    .filter(document -> all.size() == 1 || !(document.plain() instanceof ConfigNode.Null))
                    .forEach(this::take);
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
        for (Slo slo : objectives.stream().flatMap(each -> each.get().stream()).toList()) {
            Slo other = byId.putIfAbsent(slo.id(), slo);
            if (other != null) {
                findings.problem(
                        slo.mark(),
                        "the SLO " + slo.id() + " is repeated: it is at " + other.mark() + " already",
                        null);
            }
            slos.add(slo);
        }
        // Those that no objective refers to too: what is wrong with them is wrong.
        documents
                .all(OpenSloDocuments.POLICY)
                .forEach(policy -> new OpenSloAlerts(documents, findings).read(policy, Duration.ZERO));
        if (objectives.isEmpty() && findings.problems().isEmpty()) {
            documents
                    .first()
                    .ifPresent(document -> findings.problem(
                            document.spec().mark(), "at least one document of kind SLO is required", null));
        }
        return slos;
    }
}
