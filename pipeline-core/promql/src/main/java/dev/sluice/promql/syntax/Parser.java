package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Pratt parser for PromQL with Prometheus' own errors. Prometheus' parser is made by yacc; where this one names a context in an error is where
 * that grammar has an error rule. Source: prometheus promql/parser (generated_parser.y, parse.go).
 */
public final class Parser {
    private final Tokens tokens;
    private final ParserOptions options;

    private Parser(String input, ParserOptions options) {
        this.tokens = new Tokens(input, options.unquotedUtf8());
        this.options = options;
    }

    /** Reads a query, and checks its types. */
    public static Expr parse(String query, ParserOptions options) throws ParseException {
        Parser parser = new Parser(query, options);
        if (parser.tokens.at(TokenType.EOF)) {
            throw parser.tokens.error("no expression found in input", Span.NONE);
        }
        Expr expr = parser.expression(0);
        parser.tokens.take(TokenType.EOF);
        return new TypeCheck(query).check(expr);
    }

    /** Reads a selector of series such as <code>x{job="a"}</code>. */
    public static List<Matcher> parseSelector(String selector) throws ParseException {
        Parser parser = new Parser(selector, ParserOptions.STABLE);
        VectorSelector found = parser.selector();
        parser.tokens.take(TokenType.EOF);
        return found.matchers();
    }

    /** Reads the labels of one series, such as <code>x{job="a"}</code>. */
    public static Labels parseLabels(String series) throws ParseException {
        Tokens tokens = new Tokens(series, true);
        Labels labels = new LabelSetParser(tokens).labels();
        tokens.take(TokenType.EOF);
        return labels;
    }

    private Expr expression(int precedence) throws ParseException {
        Expr left = operand();
        while (true) {
            left = new ModifierParser(tokens).modified(left);
            BinaryOp op = BinaryOp.of(tokens.type());
            if (op == null || op.precedence() < precedence) {
                return left;
            }
            tokens.take();
            left = binary(left, op);
        }
    }

    private Expr binary(Expr left, BinaryOp op) throws ParseException {
        boolean returnsBool = tokens.accept(TokenType.BOOL);
        VectorMatching matching = new MatchingParser(tokens).matching();
        Expr right = expression(op.rightPrecedence());
        BinaryExpr made = new BinaryExpr(op, left, right, matching, returnsBool);
        if (matching.fills() && !options.fillModifiers()) {
            throw tokens.error("binop fill modifiers are experimental and not enabled", made.span());
        }
        return made;
    }

    private Expr operand() throws ParseException {
        Token token = tokens.peek();
        return switch (token.type()) {
            case NUMBER, DURATION -> Literals.take(tokens);
            case STRING -> {
                tokens.take();
                yield new StringLiteral(Literals.unquote(token.text()), token.span());
            }
            case LEFT_PAREN -> {
                tokens.take();
                Expr inner = expression(0);
                Token close = tokens.take(TokenType.RIGHT_PAREN);
                yield new ParenExpr(inner, token.span().to(close.span()));
            }
            case LEFT_BRACE -> selector();
            case ADD, SUB -> signed(tokens.take());
            default -> {
                if (!token.type().namesMetric()) {
                    throw tokens.unexpected();
                }
                yield named(tokens.take());
            }
        };
    }

    private Expr signed(Token sign) throws ParseException {
        boolean negative = sign.type() == TokenType.SUB;
        Expr operand = expression(BinaryOp.SIGN_PRECEDENCE);
        Span span = sign.span().to(operand.span());
        return operand instanceof NumberLiteral n ? n.signed(negative, span) : new UnaryExpr(negative, operand, span);
    }

    /** A metric, an aggregation or a call; the name has been taken. */
    private Expr named(Token name) throws ParseException {
        boolean callable = name.type() == TokenType.IDENTIFIER || name.type().kind() == TokenType.Kind.CONTEXT;
        if (callable && tokens.at(TokenType.LEFT_PAREN)) {
            return call(name);
        }
        if (name.type().kind() == TokenType.Kind.AGGREGATOR && argumentsFollow()) {
            return aggregate(name);
        }
        return selector(name);
    }

    /** Names of aggregations are names of metrics, too, unless arguments or grouping follow. */
    private boolean argumentsFollow() throws ParseException {
        return tokens.at(TokenType.LEFT_PAREN) || tokens.at(TokenType.BY) || tokens.at(TokenType.WITHOUT);
    }

    private Expr call(Token name) throws ParseException {
        List<Expr> arguments = arguments();
        Span span = new Span(name.start(), tokens.lastEnd());
        Function function = Functions.find(name.text());
        if (function == null) {
            throw tokens.error("unknown function with name " + GoString.quote(name.text()), name.span());
        }
        if (function.experimental() && !options.experimentalFunctions()) {
            throw tokens.error("function " + GoString.quote(name.text()) + " is not enabled", name.span());
        }
        return new Call(function, arguments, span);
    }

    private List<Expr> arguments() throws ParseException {
        tokens.take(TokenType.LEFT_PAREN);
        List<Expr> arguments = new ArrayList<>();
        if (tokens.accept(TokenType.RIGHT_PAREN)) {
            return arguments;
        }
        while (true) {
            arguments.add(expression(0));
            if (!tokens.at(TokenType.COMMA)) {
                tokens.take(TokenType.RIGHT_PAREN);
                return arguments;
            }
            Token comma = tokens.take();
            if (!startsExpression()) {
                throw tokens.error("trailing commas not allowed in function call args", comma.span());
            }
        }
    }

    private boolean startsExpression() throws ParseException {
        return switch (tokens.type()) {
            case NUMBER, DURATION, STRING, LEFT_PAREN, LEFT_BRACE, ADD, SUB -> true;
            default -> tokens.type().namesMetric();
        };
    }

    private Expr aggregate(Token name) throws ParseException {
        AggregateOp op = AggregateOp.valueOf(name.type().name());
        Tokens.Context outer = tokens.enter("aggregation", "");
        Grouping grouping = grouping();
        List<Expr> arguments = arguments();
        tokens.restore(outer);
        if (grouping == null) {
            grouping = grouping();
        }
        Span span = new Span(name.start(), tokens.lastEnd());
        if (arguments.isEmpty()) {
            throw tokens.error("no arguments for aggregate expression provided", span);
        }
        if (op.experimental() && !options.experimentalFunctions()) {
            throw tokens.error(
                    op.text()
                            + "() is experimental and must be enabled with --enable-feature=promql-experimental-functions",
                    span);
        }
        int wanted = op.takesParameter() ? 2 : 1;
        if (arguments.size() != wanted) {
            throw tokens.error(
                    "wrong number of arguments for aggregate expression provided, expected " + wanted + ", got "
                            + arguments.size(),
                    span);
        }
        return new AggregateExpr(
                op,
                arguments.get(wanted - 1),
                wanted == 2 ? arguments.getFirst() : null,
                grouping == null ? List.of() : grouping.labels,
                grouping != null && grouping.without,
                span);
    }

    private record Grouping(List<String> labels, boolean without) {}

    private @Nullable Grouping grouping() throws ParseException {
        boolean without = tokens.at(TokenType.WITHOUT);
        if (!without && !tokens.at(TokenType.BY)) {
            return null;
        }
        tokens.take();
        return new Grouping(new GroupingParser(tokens).labels(), without);
    }

    private VectorSelector selector(Token name) throws ParseException {
        return new SelectorParser(tokens).selector(name);
    }

    private VectorSelector selector() throws ParseException {
        if (tokens.at(TokenType.LEFT_BRACE)) {
            return new SelectorParser(tokens).selector(null);
        }
        if (!tokens.type().namesMetric()) {
            throw tokens.unexpected();
        }
        return selector(tokens.take());
    }
}
