package dev.sluice.promql.template;

import dev.sluice.promql.template.TemplateNode.Pipeline;
import dev.sluice.promql.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a tree of a template's tokens: its texts, actions and statements, with the pipelines in them. */
final class TemplateParser {
    private static final String END = "end";
    private static final String ELSE = "else";
    private static final Set<String> STATEMENTS =
            Set.of("block", "if", "with", "range", "break", "continue", "define", "template");

    private final TemplateCursor cursor;
    private final PipelineParser pipelines;
    private final Map<String, List<TemplateNode>> defined = new HashMap<>();
    private int loops;

    TemplateParser(String name, String input, Set<String> functions) {
        cursor = new TemplateCursor(name, input);
        pipelines = new PipelineParser(cursor, functions);
    }

    /** What stopped a list of nodes. */
    private record Block(List<TemplateNode> nodes, String stop) {}

    List<TemplateNode> parse() {
        Block block = block("");
        if (!block.stop.isEmpty()) {
            throw cursor.failure("unexpected {{" + block.stop + "}}");
        }
        return block.nodes;
    }

    /** The templates that the template defines. */
    Map<String, List<TemplateNode>> defined() {
        return defined;
    }

    private Block block(String within) {
        List<TemplateNode> nodes = new ArrayList<>();
        while (true) {
            TemplateToken token = cursor.take();
            if (token.is(Kind.END)) {
                if (!within.isEmpty()) {
                    throw cursor.failure("unexpected EOF");
                }
                return new Block(nodes, "");
            }
            if (token.is(Kind.TEXT)) {
                nodes.add(new TemplateNode.Text(token.text()));
                continue;
            }
            TemplateToken first = cursor.peekNonSpace();
            if (first.is(Kind.IDENTIFIER)
                    && (first.text().equals(END) || first.text().equals(ELSE))) {
                cursor.take();
                return new Block(nodes, first.text());
            }
            TemplateNode node = action(first);
            if (node != null) {
                nodes.add(node);
            }
        }
    }

    private @Nullable TemplateNode action(TemplateToken first) {
        if (!first.is(Kind.IDENTIFIER)) {
            return new TemplateNode.Action(pipelines.pipeline("command", Kind.CLOSE));
        }
        String word = first.text();
        if (!STATEMENTS.contains(word)) {
            return new TemplateNode.Action(pipelines.pipeline("command", Kind.CLOSE));
        }
        cursor.take();
        return switch (word) {
            case "break", "continue" -> jump(word);
            case "define" -> {
                define();
                yield null;
            }
            case "template" -> include();
            case "block" -> includeHere();
            default -> control(word);
        };
    }

    private TemplateNode jump(String word) {
        if (loops == 0) {
            throw cursor.failure("{{" + word + "}} outside {{range}}");
        }
        cursor.close(word);
        return word.equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue();
    }

    private TemplateNode control(String keyword) {
        int scope = pipelines.enter();
        Pipeline pipeline = pipelines.pipeline(keyword, Kind.CLOSE);
        boolean range = keyword.equals("range");
        loops += range ? 1 : 0;
        Block body = block(keyword);
        loops -= range ? 1 : 0;
        List<TemplateNode> otherwise = List.of();
        if (body.stop.equals(ELSE)) {
            TemplateToken token = cursor.peekNonSpace();
            if (token.is(Kind.IDENTIFIER) && token.text().equals(keyword) && !range) {
                cursor.take();
                otherwise = List.of(control(keyword));
            } else {
                cursor.close(ELSE);
                Block block = block(keyword);
                if (block.stop.equals(ELSE)) {
                    throw cursor.failure("expected end; found {{else}}");
                }
                cursor.close(END);
                otherwise = block.nodes;
            }
        } else {
            cursor.close(END);
        }
        pipelines.leave(scope);
        return switch (keyword) {
            case "if" -> new TemplateNode.If(pipeline, body.nodes, otherwise);
            case "with" -> new TemplateNode.With(pipeline, body.nodes, otherwise);
            default -> new TemplateNode.Range(pipeline, body.nodes, otherwise);
        };
    }

    private void define() {
        String defines = templateName("define clause");
        cursor.close("define clause");
        defined(defines, "define clause");
    }

    /** {@code block} defines a template and includes it at once. */
    private TemplateNode includeHere() {
        int at = cursor.peekNonSpace().at();
        String defines = templateName("block clause");
        Pipeline pipeline = pipelines.pipeline("block clause", Kind.CLOSE);
        defined(defines, "block clause");
        return new TemplateNode.Include(at, defines, pipeline);
    }

    private void defined(String name, String context) {
        List<String> outer = pipelines.begin();
        Block block = block("define");
        if (!block.stop.equals(END)) {
            throw cursor.failure("unexpected {{else}} in " + context);
        }
        cursor.close(END);
        pipelines.restore(outer);
        defined.put(name, block.nodes);
    }

    private TemplateNode include() {
        int at = cursor.peekNonSpace().at();
        String included = templateName("template clause");
        if (cursor.peekNonSpace().is(Kind.CLOSE)) {
            cursor.take();
            return new TemplateNode.Include(at, included, null);
        }
        return new TemplateNode.Include(at, included, pipelines.pipeline("template clause", Kind.CLOSE));
    }

    private String templateName(String context) {
        TemplateToken token = cursor.takeNonSpace();
        if (!token.is(Kind.STRING)) {
            throw cursor.unexpected(token, context);
        }
        return new TemplateLiterals(cursor).string(token.text());
    }
}
