package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.yaml.ScalarType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Represent;
import org.yaml.snakeyaml.representer.Representer;

/** Prints a configuration as it is in force, with every default: what {@code sluice print-config} shows. */
public final class ConfigPrinter {
    private final ConfigValues values;

    private ConfigPrinter(boolean reveal) {
        this.values = new ConfigValues(reveal);
    }

    /** Values of secret options show as {@code [REDACTED]}. */
    public static ConfigPrinter redacted() {
        return new ConfigPrinter(false);
    }

    /** Shows secrets. */
    public static ConfigPrinter unredacted() {
        return new ConfigPrinter(true);
    }

    public String yaml(LoadedConfig config) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(4);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setDereferenceAliases(true);
        return new Yaml(new TextQuoting(options), options).dump(tree(config));
    }

    public String json(LoadedConfig config) {
        return JsonText.of(tree(config));
    }

    private Map<String, @Nullable Object> tree(LoadedConfig config) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("receivers", components(config.receivers()));
        tree.put("processors", components(config.processors()));
        tree.put("exporters", components(config.exporters()));
        tree.put("connectors", components(config.connectors()));
        tree.put("extensions", components(config.extensions()));
        Map<String, @Nullable Object> pipelines = new LinkedHashMap<>();
        config.service().pipelines().forEach((id, pipeline) -> {
            Map<String, Object> lists = new LinkedHashMap<>();
            lists.put("receivers", names(pipeline.receivers()));
            lists.put("processors", names(pipeline.processors()));
            lists.put("exporters", names(pipeline.exporters()));
            pipelines.put(id.toString(), lists);
        });
        Map<String, @Nullable Object> service = new LinkedHashMap<>();
        service.put("extensions", names(config.service().extensions()));
        service.put("pipelines", pipelines);
        service.put("telemetry", values.plain(config.service().telemetry()));
        tree.put("service", service);
        return tree;
    }

    private Map<String, @Nullable Object> components(Map<ComponentId, Configured> components) {
        Map<String, @Nullable Object> bodies = new LinkedHashMap<>();
        components.forEach((id, component) -> bodies.put(id.toString(), values.plain(component.config())));
        return bodies;
    }

    private static List<String> names(List<ComponentId> ids) {
        return ids.stream().map(ComponentId::toString).toList();
    }

    /** Quotes every text that would read as something else by the Collector's rules, which are not those of SnakeYAML. */
    private static final class TextQuoting extends Representer {
        TextQuoting(DumperOptions options) {
            super(options);
            Represent plain = representers.get(String.class);
            representers.put(String.class, value -> {
                boolean telling = value instanceof String text && ScalarType.ofPlain(text) != ScalarType.STRING;
                return telling || plain == null ? quoted(String.valueOf(value)) : plain.representData(value);
            });
        }

        private Node quoted(String text) {
            return representScalar(Tag.STR, text, DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
