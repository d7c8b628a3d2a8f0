package dev.sluice.promql.template;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.template.TemplateNode.Command;
import dev.sluice.promql.template.TemplateNode.Constant;
import dev.sluice.promql.template.TemplateNode.Operand;
import dev.sluice.promql.template.TemplateNode.Pipeline;
import dev.sluice.promql.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes pipelines of tokens: what gives a value. It knows which functions and variables there are. */
final class PipelineParser {
    private static final String ROOT = "$";

    private final TemplateCursor cursor;
    private final Set<String> functions;
    private final TemplateLiterals literals;
    /** The variables that are there, the innermost last. */
    private List<String> variables = new ArrayList<>(List.of(ROOT));

    PipelineParser(TemplateCursor cursor, Set<String> functions) {
        this.cursor = cursor;
        this.functions = functions;
        literals = new TemplateLiterals(cursor);
    }

    /** Begins a block, at whose end its variables go: {@link #leave}. */
    int enter() {
        return variables.size();
    }

    void leave(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    /** Begins a template of its own, which sees no variable from around it. What was there is for {@link #restore}. */
    List<String> begin() {
        List<String> outer = variables;
        variables = new ArrayList<>(List.of(ROOT));
        return outer;
    }

    void restore(List<String> outer) {
        variables = outer;
    }

    Pipeline pipeline(String context, Kind end) {
        TemplateToken first = cursor.peekNonSpace();
        List<String> declared = new ArrayList<>();
        boolean assigns = declaration(context, declared);
        List<Command> commands = new ArrayList<>();
        while (true) {
            TemplateToken token = cursor.peekNonSpace();
            if (token.is(end)) {
                cursor.take();
                if (commands.isEmpty()) {
                    throw cursor.failure("missing value for " + context);
                }
                checkPipeline(commands);
                return new Pipeline(first.at(), List.copyOf(declared), assigns, List.copyOf(commands));
            }
            switch (token.kind()) {
                case CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, STRING, VARIABLE, LEFT -> commands.add(command());
                default -> throw cursor.unexpected(token, context);
            }
        }
    }

    /** Reads {@code $x :=}, {@code $x =} or {@code $i, $x :=}; whether it assigns. */
    private boolean declaration(String context, List<String> declared) {
        int start = cursor.mark();
        while (cursor.peekNonSpace().is(Kind.VARIABLE)) {
            String variable = cursor.take().text();
            TemplateToken token = cursor.takeNonSpace();
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
        cursor.back(start);
        declared.clear();
        return false;
    }

    private void checkPipeline(List<Command> commands) {
        for (int i = 1; i < commands.size(); i++) {
            Operand first = commands.get(i).operands().getFirst();
            if (first instanceof Constant || first instanceof TemplateNode.Nil || first instanceof TemplateNode.Dot) {
                throw cursor.failure("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Command command() {
        int at = cursor.peekNonSpace().at();
        List<Operand> operands = new ArrayList<>();
        while (true) {
            TemplateToken token = cursor.peekNonSpace();
            if (operand(token)) {
                cursor.take();
                operands.add(chain(term(token), token));
            }
            token = cursor.peek();
            if (token.is(Kind.SPACE)) {
                cursor.take();
                continue;
            }
            if (token.is(Kind.PIPE)) {
                cursor.take();
                TemplateToken after = cursor.peekNonSpace();
                if (!operand(after)) {
                    throw cursor.unexpected(after, "command");
                }
            } else if (!token.is(Kind.CLOSE) && !token.is(Kind.RIGHT)) {
                throw cursor.unexpected(token, "operand");
            }
            break;
        }
        if (operands.isEmpty()) {
            throw cursor.failure("empty command");
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
            case NUMBER -> new Constant(token.at(), literals.number(token.text()), token.text());
            case STRING -> new Constant(token.at(), literals.string(token.text()), token.text());
            case CHARACTER -> new Constant(token.at(), literals.character(token.text()), token.text());
            case LEFT -> pipeline("parenthesized pipeline", Kind.RIGHT);
            default -> word(token);
        };
    }

    private Operand chain(Operand of, TemplateToken first) {
        int at = cursor.peek().at();
        List<String> names = new ArrayList<>();
        while (cursor.peek().is(Kind.FIELD)) {
            names.add(cursor.take().text().substring(1));
        }
        if (names.isEmpty()) {
            return of;
        }
        if (of instanceof Constant || of instanceof TemplateNode.Nil || of instanceof TemplateNode.Dot) {
            throw cursor.failure("unexpected . after term " + GoString.quote(first.text()));
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
            throw cursor.failure("undefined variable " + GoString.quote(variable));
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
        if (TemplateCursor.isKeyword(word)) {
            throw cursor.unexpected(token, "operand");
        }
        if (!functions.contains(word)) {
            throw cursor.failure("function " + GoString.quote(word) + " not defined");
        }
        return new TemplateNode.Call(token.at(), word);
    }
}
