package dev.sluice.promql.template;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.template.TemplateNode.Command;
import dev.sluice.promql.template.TemplateNode.Operand;
import dev.sluice.promql.template.TemplateNode.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills a template in, once. */
final class TemplateRun {
    private static final int MAX_DEPTH = 1000;
    private static final String NO_VALUE = "<no value>";

    /** The type of Prometheus' own data. */
    private static final String DATA_TYPE = "struct { Labels map[string]string; ExternalLabels map[string]string;"
            + " ExternalURL string; Value interface {} }";

    private final Template template;
    private final Map<String, ? extends @Nullable Object> data;
    private final Map<String, TemplateFunction> functions;
    private final StringBuilder out = new StringBuilder();
    private List<Variable> variables = new ArrayList<>();
    private String executing;
    private int depth;

    private static final class Variable {
        private final String name;
        private @Nullable Object value;

        Variable(String name, @Nullable Object value) {
            this.name = name;
            this.value = value;
        }
    }

    /** How a list of nodes ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    TemplateRun(
            Template template, Map<String, ? extends @Nullable Object> data, Map<String, TemplateFunction> functions) {
        this.template = template;
        this.data = data;
        this.functions = functions;
        executing = template.name();
    }

    String run(List<TemplateNode> nodes) {
        variables.add(new Variable("$", data));
        walk(nodes, data);
        return out.toString();
    }

    private Flow walk(List<TemplateNode> nodes, @Nullable Object dot) {
        for (TemplateNode node : nodes) {
            Flow flow = walk(node, dot);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow walk(TemplateNode node, @Nullable Object dot) {
        switch (node) {
            case TemplateNode.Text text -> out.append(text.text());
            case TemplateNode.Action action -> {
                Object value = value(action.pipeline(), dot);
                if (action.pipeline().variables().isEmpty()) {
                    out.append(value == null ? NO_VALUE : Values.text(value));
                }
            }
            case TemplateNode.If branch -> {
                int mark = variables.size();
                boolean holds = Values.truth(value(branch.condition(), dot));
                Flow flow = walk(holds ? branch.body() : branch.otherwise(), dot);
                forget(mark);
                return flow;
            }
            case TemplateNode.With with -> {
                int mark = variables.size();
                Object value = value(with.value(), dot);
                Flow flow = Values.truth(value) ? walk(with.body(), value) : walk(with.otherwise(), dot);
                forget(mark);
                return flow;
            }
            case TemplateNode.Range range -> {
                return range(range, dot);
            }
            case TemplateNode.Include include -> include(include, dot);
            case TemplateNode.Break end -> {
                return Flow.BREAK;
            }
            case TemplateNode.Continue end -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void forget(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    private Flow range(TemplateNode.Range range, @Nullable Object dot) {
        int mark = variables.size();
        Pipeline pipeline = range.values();
        Object values = commands(pipeline, dot);
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> elements = new ArrayList<>();
        switch (values) {
            case null -> {}
            case Collection<?> list -> {
                for (Object element : list) {
                    keys.add((long) keys.size());
                    elements.add(element);
                }
            }
            case Map<?, ?> map ->
                new TreeMap<Object, Object>(map).forEach((k, v) -> {
                    keys.add(k);
                    elements.add(v);
                });
            case Long count -> {
                for (long i = 0; i < count; i++) {
                    keys.add(i);
                    elements.add(i);
                }
            }
            default -> {
                Operand last = pipeline.commands().getLast().operands().getLast();
                throw failure(last.at(), last, "range can't iterate over " + Values.text(values));
            }
        }
        if (elements.isEmpty()) {
            Flow flow = walk(range.otherwise(), dot);
            forget(mark);
            return flow;
        }
        List<String> names = pipeline.variables();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            if (names.size() == 1) {
                set(names.getFirst(), element, pipeline.assigns());
            } else if (names.size() == 2) {
                set(names.get(0), keys.get(i), pipeline.assigns());
                set(names.get(1), element, pipeline.assigns());
            }
            Flow flow = walk(range.body(), element);
            forget(mark);
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }

    private void include(TemplateNode.Include include, @Nullable Object dot) {
        List<TemplateNode> nodes = template.defined(include.name());
        Pipeline data = include.data();
        String shown = "{{template " + GoString.quote(include.name()) + (data == null ? "" : " " + data) + "}}";
        if (nodes == null) {
            throw failure(include.at(), shown, "template " + GoString.quote(include.name()) + " not defined");
        }
        if (++depth > MAX_DEPTH) {
            throw failure(include.at(), shown, "exceeded maximum template depth (" + MAX_DEPTH + ")");
        }
        Object included = data == null ? null : value(data, dot);
        List<Variable> outer = variables;
        String outerName = executing;
        variables = new ArrayList<>(List.of(new Variable("$", included)));
        executing = include.name();
        walk(nodes, included);
        variables = outer;
        executing = outerName;
        depth--;
    }

    private @Nullable Object value(Pipeline pipeline, @Nullable Object dot) {
        Object value = commands(pipeline, dot);
        for (String variable : pipeline.variables()) {
            set(variable, value, pipeline.assigns());
        }
        return value;
    }

    private void set(String name, @Nullable Object value, boolean assigns) {
        if (assigns) {
            variable(name).value = value;
        } else {
            variables.add(new Variable(name, value));
        }
    }

    private Variable variable(String name) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name.equals(name)) {
                return variables.get(i);
            }
        }
        throw new TemplateException("undefined variable: " + name);
    }

    private @Nullable Object commands(Pipeline pipeline, @Nullable Object dot) {
        Object value = null;
        boolean first = true;
        for (Command command : pipeline.commands()) {
            value = command(command, dot, value, !first);
            first = false;
        }
        return value;
    }

    /** @param piped whether the value of the command before is the last argument */
    private @Nullable Object command(Command command, @Nullable Object dot, @Nullable Object last, boolean piped) {
        Operand first = command.operands().getFirst();
        if (first instanceof TemplateNode.Call call) {
            return call(call, command, dot, last, piped);
        }
        if (command.operands().size() > 1 || piped) {
            String message = switch (first) {
                case TemplateNode.Field field
                when field.of() == null && field.names().size() == 1 && dot != null && top(dot) ->
                    field.names().getLast() + " has arguments but cannot be invoked as function";
                case TemplateNode.Field field -> field.names().getLast() + " is not a method but has arguments";
                default -> "can't give argument to non-function " + first;
            };
            throw failure(first.at(), first, message);
        }
        if (first instanceof TemplateNode.Nil) {
            throw failure(first.at(), first, "nil is not a command");
        }
        return operand(first, dot);
    }

    private @Nullable Object call(
            TemplateNode.Call call, Command command, @Nullable Object dot, @Nullable Object last, boolean piped) {
        String name = call.function();
        List<Operand> operands =
                command.operands().subList(1, command.operands().size());
        if (name.equals("and") || name.equals("or")) {
            return shortened(call, operands, dot, last, piped);
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        TemplateFunction function = functions.get(name);
        if (function == null) {
            throw failure(call.at(), call, GoString.quote(name) + " is not a defined function");
        }
        String miscount = function.miscount(operands.size() + (piped ? 1 : 0));
        if (miscount != null) {
            throw failure(call.at(), call, "wrong number of args for " + name + ": " + miscount);
        }
        for (Operand operand : operands) {
            Object argument = operand(operand, dot);
            String mismatch = function.mismatch(arguments.size(), argument, operand);
            if (mismatch != null) {
                throw failure(operand.at(), operand, mismatch);
            }
            arguments.add(argument);
        }
        if (piped) {
            String mismatch = function.mismatch(arguments.size(), last, null);
            if (mismatch != null) {
                throw failure(call.at(), call, mismatch);
            }
            arguments.add(last);
        }
        try {
            return function.call(arguments);
        } catch (TemplateException e) {
            throw failure(call.at(), command, "error calling " + name + ": " + e.getMessage());
        }
    }

    private @Nullable Object shortened(
            TemplateNode.Call call,
            List<Operand> operands,
            @Nullable Object dot,
            @Nullable Object last,
            boolean piped) {
        boolean or = call.function().equals("or");
        if (operands.isEmpty() && !piped) {
            throw failure(call.at(), call, "wrong number of args for " + call.function() + ": want at least 1 got 0");
        }
        Object value = null;
        for (Operand operand : operands) {
            value = operand(operand, dot);
            if (Values.truth(value) == or) {
                return value;
            }
        }
        return piped ? last : value;
    }

    private @Nullable Object operand(Operand operand, @Nullable Object dot) {
        return switch (operand) {
            case TemplateNode.Dot d -> dot;
            case TemplateNode.Nil nil -> null;
            case TemplateNode.Constant constant -> constant.value();
            case TemplateNode.Variable variable -> variable(variable.name()).value;
            case TemplateNode.Call call -> call(call, new Command(call.at(), List.of(call)), dot, null, false);
            case Pipeline pipeline -> value(pipeline, dot);
            case TemplateNode.Field field -> {
                Object value = field.of() == null ? dot : operand(field.of(), dot);
                for (String name : field.names()) {
                    value = field(field, name, value);
                }
                yield value;
            }
        };
    }

    private @Nullable Object field(TemplateNode.Field field, String name, @Nullable Object of) {
        return switch (of) {
            case null -> throw failure(field.at(), field, "nil data; no entry for key " + GoString.quote(name));
            case LabelMap labels -> {
                Object found = labels.get(name);
                yield found == null ? "" : found;
            }
            case Map<?, ?> map when !top(map) || map.containsKey(name) -> map.get(name);
            case Sample sample when name.equals("Labels") -> LabelMap.of(sample.labels());
            case Sample sample when name.equals("Value") -> sample.value();
            default ->
                throw failure(
                        field.at(),
                        field,
                        "can't evaluate field " + name + " in type " + (top(of) ? DATA_TYPE : Values.type(of)));
        };
    }

    /** Whether this is what the whole template is filled in from. */
    @SuppressWarnings("ReferenceEquality") // the very map is meant
    private boolean top(Object value) {
        return value == data;
    }

    private TemplateException failure(int at, Object context, String message) {
        return new TemplateException("template: " + template.position(at) + ": executing " + GoString.quote(executing)
                + " at <" + context + ">: " + message);
    }
}
