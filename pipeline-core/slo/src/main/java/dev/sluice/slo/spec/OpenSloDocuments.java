package dev.sluice.slo.spec;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents of all files of objectives in OpenSLO's format, which refer to each other by kind and name. */
final class OpenSloDocuments {
    static final String SLO = "SLO";
    static final String SLI = "SLI";
    static final String DATA_SOURCE = "DataSource";
    static final String POLICY = "AlertPolicy";
    static final String CONDITION = "AlertCondition";
    static final String TARGET = "AlertNotificationTarget";

    private static final List<String> KEYS = List.of("apiVersion", "kind", "metadata", "spec");
    private static final List<String> METADATA_KEYS = List.of("name", "displayName", "labels", "annotations");

    private static final List<String> KINDS = List.of(SLO, SLI, "Service", DATA_SOURCE, POLICY, CONDITION, TARGET);

    private final Findings findings;
    private final Map<String, Map<String, Document>> byKind = new LinkedHashMap<>();

    /** A document with its parts. */
    record Document(String kind, String name, Map<String, String> labels, Fields spec) {}

    OpenSloDocuments(Findings findings) {
        this.findings = findings;
    }

    /** Takes a document in; empty where it is none. Of two of one name the first counts, but SLOs are told apart by their service too. */
    Optional<Document> add(ConfigNode root) {
        Fields fields = findings.fields(root, "document", KEYS);
        String kind = fields.text("kind");
        if (!KINDS.contains(kind)) {
            String hint = Suggestion.of(kind, KINDS);
            findings.problem(fields.mark("kind"), "unknown kind \"" + kind + "\"", hint);
            return Optional.empty();
        }
        Document document = document(fields, kind);
        Map<String, Document> known = byKind.computeIfAbsent(kind, k -> new LinkedHashMap<>());
        Document other = known.putIfAbsent(document.name(), document);
        if (other != null && !kind.equals(SLO)) {
            findings.problem(
                    fields.mark(),
                    "the " + kind + " " + document.name() + " is repeated: it is at "
                            + other.spec().mark() + " already",
                    null);
        }
        return Optional.of(document);
    }

    private Document document(Fields fields, String kind) {
        Fields metadata = findings.required(fields, "metadata", "Metadata", METADATA_KEYS);
        Fields spec = findings.required(fields, "spec", kind, specKeys(kind));
        return new Document(kind, metadata.required("name"), metadata.texts("labels"), spec);
    }

    private static List<String> specKeys(String kind) {
        return switch (kind) {
            case SLO ->
                List.of(
                        "description",
                        "service",
                        "indicator",
                        "indicatorRef",
                        "timeWindow",
                        "budgetingMethod",
                        "objectives",
                        "alertPolicies");
            case SLI -> OpenSliReader.KEYS;
            // What is behind it is nobody's business here: samples come from the stream.
            case DATA_SOURCE -> List.of("description", "type", "connectionDetails");
            case POLICY ->
                List.of(
                        "description",
                        "alertWhenNoData",
                        "alertWhenResolved",
                        "alertWhenBreaching",
                        "conditions",
                        "notificationTargets");
            case CONDITION -> List.of("description", "severity", "condition");
            case TARGET -> List.of("description", "target");
            default -> List.of("description");
        };
    }

    Collection<Document> all(String kind) {
        return byKind.getOrDefault(kind, Map.of()).values();
    }

    /** The first of all. */
    Optional<Document> first() {
        return byKind.values().stream()
                .flatMap(known -> known.values().stream())
                .findFirst();
    }

    /** One that may well be elsewhere. */
    Optional<Document> known(String kind, String name) {
        return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(name));
    }

    /** The one that a key refers to; a problem where there is none. */
    Optional<Document> referred(Fields fields, String key, String kind) {
        String name = fields.text(key);
        Optional<Document> found = known(kind, name);
        if (found.isEmpty()) {
            findings.problem(
                    fields.mark(key),
                    "there is no " + kind + " \"" + name + "\" in these files",
                    Suggestion.of(name, byKind.getOrDefault(kind, Map.of()).keySet()));
        }
        return found;
    }

    /** The items of a list, each of which is a document of that kind or refers to one. */
    List<Document> items(Fields fields, String key, String ref, String kind) {
        return fields.list(key).stream()
                .flatMap(item -> item(item, ref, kind).stream())
                .toList();
    }

    private Optional<Document> item(ConfigNode node, String ref, String kind) {
        Fields item = findings.fields(node, kind, List.of(ref, "apiVersion", "kind", "metadata", "spec"));
        if (item.has(ref)) {
            return referred(item, ref, kind);
        }
        if (item.has("kind") && !item.text("kind").equals(kind)) {
            item.problem(item.mark("kind"), "kind must be " + kind + ", not \"" + item.text("kind") + "\"");
        }
        if (!item.has("spec")) {
            item.problem(item.mark(), "either " + ref + " or spec is required");
            return Optional.empty();
        }
        return Optional.of(document(item, kind));
    }
}
