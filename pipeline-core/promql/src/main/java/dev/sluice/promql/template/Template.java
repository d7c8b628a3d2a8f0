package dev.sluice.promql.template;

import dev.sluice.gotext.GoString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template that is ready to be filled in, by any thread. */
public final class Template {
    private final String name;
    private final String text;
    private final List<TemplateNode> nodes;
    private final Map<String, List<TemplateNode>> defined;

    private Template(String name, String text, List<TemplateNode> nodes, Map<String, List<TemplateNode>> defined) {
        this.name = name;
        this.text = text;
        this.nodes = nodes;
        this.defined = defined;
    }

    /** @throws TemplateException where the text is not a template */
    public static Template parse(String name, String text) {
        try {
            return check(name, text);
        } catch (TemplateException e) {
            throw new TemplateException("error parsing template " + name + ": " + e.getMessage());
        }
    }

    /** As {@link #parse}, but the exception says only what is wrong with the text. */
    public static Template check(String name, String text) {
        Set<String> functions = new HashSet<>(TemplateFunctions.all().keySet());
        functions.addAll(TemplateContext.FUNCTIONS);
        TemplateParser parser = new TemplateParser(name, text, functions);
        List<TemplateNode> nodes = parser.parse();
        return new Template(name, text, nodes, Map.copyOf(parser.defined()));
    }

    /**
     * @param data what the dot stands for: its fields
     * @throws TemplateException where the data do not fit the template
     */
    public String fill(Map<String, ? extends @Nullable Object> data, TemplateContext context) {
        Map<String, TemplateFunction> functions = new HashMap<>(TemplateFunctions.all());
        functions.putAll(context.functions());
        try {
            return new TemplateRun(this, data, functions).run(nodes);
        } catch (TemplateException e) {
            throw new TemplateException("error executing template " + name + ": " + e.getMessage());
        }
    }

    String name() {
        return name;
    }

    @Nullable
    List<TemplateNode> defined(String template) {
        return defined.get(template);
    }

    /** {@code name:line:column}, as Go tells where something went wrong. */
    String position(int at) {
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = GoString.utf8Length(text.substring(lineStart), at - lineStart);
        return name + ":" + line + ":" + column;
    }

    @Override
    public String toString() {
        return text;
    }
}
