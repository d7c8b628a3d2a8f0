package dev.sluice.yaml;

import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML, with the types of {@link ScalarType}. SnakeYAML gives nodes and marks only; aliases, merge
 * keys and doubled keys are dealt with here.
 */
public final class YamlReader {
    /** As many as three mebi characters, fifty aliases, fifty levels, and what aliases may make of that. */
    private static final int MAX_CODE_POINTS = 3 * 1024 * 1024;

    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 500_000;

    private static final Tag PLAIN = new Tag("tag:sluice.dev,2026:plain");

    private final SourceText source;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlReader(SourceText source) {
        this.source = source;
    }

    /** The first document. An empty text is {@link Null}. */
    public static ConfigNode read(String name, String text) throws YamlException {
        return read(SourceText.of(name, text), text);
    }

    /** All documents; an empty text is one, {@link Null}. */
    public static List<ConfigNode> readAll(String name, String text) throws YamlException {
        return new YamlReader(SourceText.of(name, text)).documents(text, Integer.MAX_VALUE);
    }

    /** Reads a part of a known source: marks refer to {@code source}, lines and columns to {@code text}. */
    public static ConfigNode read(SourceText source, String text) throws YamlException {
        return new YamlReader(source).documents(text, 1).getFirst();
    }

    private List<ConfigNode> documents(String text, int most) throws YamlException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CODE_POINTS);
        List<ConfigNode> documents = new ArrayList<>();
        try {
            Composer composer =
                    new Composer(new ParserImpl(new StreamReader(text), options), new UntypedResolver(), options);
            while (documents.size() < most && composer.checkNode()) {
                documents.add(convert(composer.getNode()));
            }
        } catch (MarkedYAMLException e) {
            org.yaml.snakeyaml.error.@Nullable Mark at =
                    e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            Mark mark = at == null ? Mark.at(source, 1, 1) : point(at);
            throw new YamlException(mark, "yaml: " + oneLine(e.getProblem() != null ? e.getProblem() : e.getContext()));
        } catch (YAMLException e) {
            throw new YamlException(Mark.at(source, 1, 1), "yaml: " + oneLine(e.getMessage()));
        }
        return documents.isEmpty() ? List.of(new Null(Mark.at(source, 1, 1))) : documents;
    }

    private ConfigNode convert(Node node) throws YamlException {
        if (++nodes > MAX_NODES) {
            throw new YamlException(range(node), "yaml: document contains excessive aliasing");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> {
                enter(node);
                List<ConfigNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(convert(item));
                }
                open.remove(node);
                yield new ListNode(items, range(node));
            }
            case MappingNode mapping -> {
                enter(node);
                MapNode map = map(mapping);
                open.remove(node);
                yield map;
            }
            default -> throw new YamlException(range(node), "yaml: unexpected " + node.getNodeId());
        };
    }

    private void enter(Node node) throws YamlException {
        Tag tag = node.getTag();
        if (!tag.equals(Tag.MAP) && !tag.equals(Tag.SEQ)) {
            throw new YamlException(range(node), "yaml: unsupported tag " + tag.getValue());
        }
        if (!open.add(node)) {
            throw new YamlException(range(node), "yaml: anchor \"" + node.getAnchor() + "\" value contains itself");
        }
    }

    private MapNode map(MappingNode mapping) throws YamlException {
        Map<String, Entry> own = new LinkedHashMap<>();
        Map<String, Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new YamlException(range(tuple.getKeyNode()), "yaml: a key must be a scalar");
            }
            if (key.getTag().equals(PLAIN) && key.getValue().equals("<<")) {
                merge(tuple.getValueNode(), merged);
                continue;
            }
            Entry before = own.put(key.getValue(), new Entry(convert(tuple.getValueNode()), range(key)));
            if (before != null) {
                throw new YamlException(
                        range(key),
                        "yaml: mapping key \"" + key.getValue() + "\" already defined at line "
                                + before.keyMark().line());
            }
        }
        merged.forEach(own::putIfAbsent);
        return new MapNode(own, range(mapping));
    }

    /** What a merge key brings in; of several maps the first that has a key gives it. */
    private void merge(Node value, Map<String, Entry> into) throws YamlException {
        List<Node> maps = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        for (Node item : maps) {
            if (!(convert(item) instanceof MapNode map)) {
                throw new YamlException(range(item), "yaml: map merge requires map or sequence of maps as the value");
            }
            map.entries().forEach(into::putIfAbsent);
        }
    }

    private ConfigNode scalar(ScalarNode node) throws YamlException {
        Mark mark = range(node);
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(PLAIN)) {
            ScalarType type = ScalarType.ofPlain(text);
            return type == null ? new Null(mark) : new Scalar(text, type, mark);
        }
        if (tag.equals(Tag.STR)) {
            return new Scalar(text, ScalarType.STRING, mark);
        }
        ScalarType implied = ScalarType.ofPlain(text);
        if (tag.equals(Tag.NULL) && implied == null) {
            return new Null(mark);
        }
        if (tag.equals(Tag.FLOAT) && (implied == ScalarType.INT || implied == ScalarType.FLOAT)) {
            return new Scalar(text, ScalarType.FLOAT, mark);
        }
        if ((tag.equals(Tag.INT) && implied == ScalarType.INT)
                || (tag.equals(Tag.BOOL) && implied == ScalarType.BOOL)) {
            return new Scalar(text, implied, mark);
        }
        throw new YamlException(mark, "yaml: cannot decode a scalar as " + tag.getValue());
    }

    private Mark range(Node node) {
        Mark start = point(node.getStartMark());
        Mark end = point(node.getEndMark());
        return new Mark(source, start.line(), start.column(), end.line(), end.column());
    }

    private Mark point(org.yaml.snakeyaml.error.Mark at) {
        String line = source.line(at.getLine() + 1);
        int codePoints = Math.min(at.getColumn(), line.codePointCount(0, line.length()));
        return Mark.at(source, at.getLine() + 1, line.offsetByCodePoints(0, codePoints) + 1);
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "unreadable" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Leaves plain scalars untyped, so that a tag tells whether it was written. */
    private static final class UntypedResolver extends Resolver {
        @Override
        public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
            return switch (kind) {
                case scalar -> implicit ? PLAIN : Tag.STR;
                case sequence -> Tag.SEQ;
                case mapping, anchor -> Tag.MAP;
            };
        }
    }
}
