package dev.sluice.promql.template;

import dev.sluice.promql.syntax.Literals;
import dev.sluice.promql.template.TemplateNode.Command;
import dev.sluice.promql.template.TemplateNode.Constant;
import dev.sluice.promql.template.TemplateNode.Operand;
import dev.sluice.promql.template.TemplateNode.Pipeline;
import dev.sluice.promql.template.TemplateToken.Kind;
import dev.sluice.promql.text.GoFloat;
import dev.sluice.promql.text.GoString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a tree of a template's tokens. */
final class TemplateParser {
    private static final String END = "end";
    private static final String ELSE = "else";
    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", ELSE, END, "if", "range", "nil", "template", "with");

    private static final Set<String> STATEMENTS =
            Set.of("block", "if", "with", "range", "break", "continue", "define", "template");

    private final String name;
    private final String input;
    private final List<TemplateToken> tokens;
    private final Set<String> functions;
    private final Map<String, List<TemplateNode>> defined = new HashMap<>();
    /** The variables that are there, the innermost last. */
    private final List<String> variables = new ArrayList<>(List.of("$"));

    private int next;
    private int loops;

    TemplateParser(String name, String input, Set<String> functions) {
        this.name = name;
        this.input = input;
        this.functions = functions;
        tokens = TemplateLexer.tokens(name, input);
    }

    /** What stopped a list of nodes. */
    private record Block(List<TemplateNode> nodes, String stop) {}

    List<TemplateNode> parse() {
        Block block = block("");
        if (!block.stop.isEmpty()) {
            throw failure("unexpected {{" + block.stop + "}}");
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
            TemplateToken token = tokens.get(next++);
            if (token.is(Kind.END)) {
                if (!within.isEmpty()) {
                    throw failure("unexpected EOF");
                }
                return new Block(nodes, "");
            }
            if (token.is(Kind.TEXT)) {
                nodes.add(new TemplateNode.Text(token.text()));
                continue;
            }
            TemplateToken first = peekNonSpace();
            if (first.is(Kind.IDENTIFIER)
                    && (first.text().equals(END) || first.text().equals(ELSE))) {
                next++;
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
            return new TemplateNode.Action(pipeline("command", Kind.CLOSE));
        }
        String word = first.text();
        if (!STATEMENTS.contains(word)) {
            return new TemplateNode.Action(pipeline("command", Kind.CLOSE));
        }
        next++;
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
            throw failure("{{" + word + "}} outside {{range}}");
        }
        close(word);
        return word.equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue();
    }

    private TemplateNode control(String keyword) {
        int scope = variables.size();
        Pipeline pipeline = pipeline(keyword, Kind.CLOSE);
        boolean range = keyword.equals("range");
        loops += range ? 1 : 0;
        Block body = block(keyword);
        loops -= range ? 1 : 0;
        List<TemplateNode> otherwise = List.of();
        if (body.stop.equals(ELSE)) {
            TemplateToken token = peekNonSpace();
            if (token.is(Kind.IDENTIFIER) && token.text().equals(keyword) && !range) {
                next++;
                otherwise = List.of(control(keyword));
            } else {
                close(ELSE);
                Block block = block(keyword);
                if (block.stop.equals(ELSE)) {
                    throw failure("expected end; found {{else}}");
                }
                close(END);
                otherwise = block.nodes;
            }
        } else {
            close(END);
        }
        variables.subList(scope, variables.size()).clear();
        return switch (keyword) {
            case "if" -> new TemplateNode.If(pipeline, body.nodes, otherwise);
            case "with" -> new TemplateNode.With(pipeline, body.nodes, otherwise);
            default -> new TemplateNode.Range(pipeline, body.nodes, otherwise);
        };
    }

    private void define() {
        String defines = templateName("define clause");
        close("define clause");
        defined(defines, "define clause");
    }

    /** {@code block} defines a template and includes it at once. */
    private TemplateNode includeHere() {
        int at = peekNonSpace().at();
        String defines = templateName("block clause");
        Pipeline pipeline = pipeline("block clause", Kind.CLOSE);
        defined(defines, "block clause");
        return new TemplateNode.Include(at, defines, pipeline);
    }

    private void defined(String name, String context) {
        List<String> outer = List.copyOf(variables);
        variables.clear();
        variables.add("$");
        Block block = block("define");
        if (!block.stop.equals(END)) {
            throw failure("unexpected {{else}} in " + context);
        }
        close(END);
        variables.clear();
        variables.addAll(outer);
        defined.put(name, block.nodes);
    }

    private TemplateNode include() {
        int at = peekNonSpace().at();
        String included = templateName("template clause");
        if (peekNonSpace().is(Kind.CLOSE)) {
            next++;
            return new TemplateNode.Include(at, included, null);
        }
        return new TemplateNode.Include(at, included, pipeline("template clause", Kind.CLOSE));
    }

    private String templateName(String context) {
        TemplateToken token = peekNonSpace();
        next++;
        if (!token.is(Kind.STRING)) {
            throw unexpected(token, context);
        }
        return string(token);
    }

    private void close(String context) {
        TemplateToken token = peekNonSpace();
        next++;
        if (!token.is(Kind.CLOSE)) {
            throw unexpected(token, context);
        }
    }

    private Pipeline pipeline(String context, Kind end) {
        TemplateToken first = peekNonSpace();
        List<String> declared = new ArrayList<>();
        boolean assigns = declaration(context, declared);
        List<Command> commands = new ArrayList<>();
        while (true) {
            TemplateToken token = peekNonSpace();
            if (token.is(end)) {
                next++;
                if (commands.isEmpty()) {
                    throw failure("missing value for " + context);
                }
                checkPipeline(commands);
                return new Pipeline(first.at(), List.copyOf(declared), assigns, List.copyOf(commands));
            }
            switch (token.kind()) {
                case CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, STRING, VARIABLE, LEFT -> commands.add(command());
                default -> throw unexpected(token, context);
            }
        }
    }

    /** Reads {@code $x :=}, {@code $x =} or {@code $i, $x :=}; whether it assigns. */
    private boolean declaration(String context, List<String> declared) {
        int start = next;
        while (peekNonSpace().is(Kind.VARIABLE)) {
            String variable = tokens.get(next++).text();
            TemplateToken token = peekNonSpace();
            next++;
            if (token.is(Kind.DECLARE) || token.is(Kind.ASSIGN)) {
                declared.add(variable);
                if (token.is(Kind.DECLARE)) {
                    variables.addAll(declared);
                } else {
                    checkVariable(variable);
                }
                return token.is(Kind.ASSIGN);
            }
            if (!token.is(Kind.COMMA) || !context.equals("range")) {
                break;
            }
            declared.add(variable);
        }
        next = start;
        declared.clear();
        return false;
    }

    private void checkPipeline(List<Command> commands) {
        for (int i = 1; i < commands.size(); i++) {
            Operand first = commands.get(i).operands().getFirst();
            if (first instanceof Constant || first instanceof TemplateNode.Nil || first instanceof TemplateNode.Dot) {
                throw failure("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Command command() {
        int at = peekNonSpace().at();
        List<Operand> operands = new ArrayList<>();
        while (true) {
            TemplateToken token = peekNonSpace();
            if (operand(token)) {
                next++;
                operands.add(chain(term(token), token));
            }
            token = tokens.get(next);
            if (token.is(Kind.SPACE)) {
                next++;
                continue;
            }
            if (token.is(Kind.PIPE)) {
                next++;
                TemplateToken after = peekNonSpace();
                if (!operand(after)) {
                    throw unexpected(after, "command");
                }
            } else if (!token.is(Kind.CLOSE) && !token.is(Kind.RIGHT)) {
                throw unexpected(token, "operand");
            }
            break;
        }
        if (operands.isEmpty()) {
            throw failure("empty command");
        }
        return new Command(at, List.copyOf(operands));
    }

    private static boolean operand(TemplateToken token) {
        return switch (token.kind()) {
            case CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, STRING, VARIABLE, LEFT -> true;
            default -> false;
        };
    }

    private Operand term(TemplateToken token) {
        return switch (token.kind()) {
            case DOT -> new TemplateNode.Dot(token.at());
            case FIELD ->
                new TemplateNode.Field(token.at(), null, List.of(token.text().substring(1)));
            case VARIABLE -> variable(token);
            case NUMBER -> new Constant(token.at(), number(token.text()), token.text());
            case STRING -> new Constant(token.at(), string(token), token.text());
            case CHARACTER -> new Constant(token.at(), character(token), token.text());
            case LEFT -> pipeline("parenthesized pipeline", Kind.RIGHT);
            default -> word(token);
        };
    }

    private Operand chain(Operand of, TemplateToken first) {
        int at = tokens.get(next).at();
        List<String> names = new ArrayList<>();
        while (tokens.get(next).is(Kind.FIELD)) {
            names.add(tokens.get(next++).text().substring(1));
        }
        if (names.isEmpty()) {
            return of;
        }
        if (of instanceof Constant || of instanceof TemplateNode.Nil || of instanceof TemplateNode.Dot) {
            throw failure("unexpected . after term " + GoString.quote(first.text()));
        }
        if (of instanceof TemplateNode.Field field) {
            names.addAll(0, field.names());
            return new TemplateNode.Field(at, field.of(), List.copyOf(names));
        }
        return new TemplateNode.Field(at, of, List.copyOf(names));
    }

    private Operand variable(TemplateToken token) {
        checkVariable(token.text());
        return new TemplateNode.Variable(token.at(), token.text());
    }

    private void checkVariable(String variable) {
        if (!variables.contains(variable)) {
            throw failure("undefined variable " + GoString.quote(variable));
        }
    }

    private Operand word(TemplateToken token) {
        String word = token.text();
        if (word.equals("true") || word.equals("false")) {
            return new Constant(token.at(), word.equals("true"), word);
        }
        if (word.equals("nil")) {
            return new TemplateNode.Nil(token.at());
        }
        if (KEYWORDS.contains(word)) {
            throw unexpected(token, "operand");
        }
        if (!functions.contains(word)) {
            throw failure("function " + GoString.quote(word) + " not defined");
        }
        return new TemplateNode.Call(token.at(), word);
    }

    private Object number(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.matches("[-+]?0b[01]+")) {
                return Long.parseLong(digits.replaceFirst("0b", ""), 2);
            }
            return Long.decode(digits.replaceFirst("^([-+]?)0o", "$10"));
        } catch (NumberFormatException e) {
            return decimal(text, digits);
        }
    }

    private Double decimal(String text, String digits) {
        Double value = digits.contains("0x") && digits.contains("p")
                ? (Double) Double.parseDouble(digits)
                : GoFloat.parse(digits);
        if (value == null) {
            throw failure("bad number syntax: " + GoString.quote(text));
        }
        if (digits.chars().noneMatch(c -> ".ep".indexOf(c) >= 0)) {
            throw failure("integer overflow: " + GoString.quote(text));
        }
        return value;
    }

    private String string(TemplateToken token) {
        try {
            return Literals.unquote(token.text());
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw failure("invalid syntax");
        }
    }

    private Object character(TemplateToken token) {
        String inner = string(token);
        return inner.isEmpty() ? 0L : (long) inner.codePointAt(0);
    }

    private TemplateToken peekNonSpace() {
        while (tokens.get(next).is(Kind.SPACE)) {
            next++;
        }
        return tokens.get(next);
    }

    private TemplateException unexpected(TemplateToken token, String context) {
        String shown = token.is(Kind.END)
                ? "EOF"
                : KEYWORDS.contains(token.text()) ? "<" + token.text() + ">" : GoString.quote(token.text(), 10);
        return failure("unexpected " + shown + " in " + context);
    }

    private TemplateException failure(String message) {
        int last = Math.max(0, Math.min(next, tokens.size()) - 1);
        return TemplateLexer.failure(name, input, tokens.get(last).at(), message);
    }
}
