package dev.elbo.studio.explorer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ES modules as one script: each becomes a function that returns what it exports, those it imports
 * before it. Takes the forms that the page's modules are written in: {@code import { a, b as c }
 * from './x.js';} on a line of its own, and {@code export} before a function, a class or a
 * constant.
 */
final class ModuleBundle {
  private static final Pattern IMPORT =
      Pattern.compile("^import \\{ ([^}]+) \\} from '(\\.[./a-z0-9-]*\\.js)';$");

  private static final Pattern EXPORT =
      Pattern.compile("^export ((?:async )?function|class|const) ([A-Za-z_$][\\w$]*)");

  private static final Pattern AS = Pattern.compile("^([\\w$]+)(?: as ([\\w$]+))?$");

  private final UnaryOperator<String> read;
  private final Map<String, String> instead;
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final List<String> underWay = new ArrayList<>();

  private ModuleBundle(UnaryOperator<String> read, Map<String, String> instead) {
    this.read = read;
    this.instead = instead;
  }

  /** A module that is in the bundle: the variable that holds it, and what it exports. */
  private record Module(String variable, TreeSet<String> exports, String text) {}

  /**
   * @param entry path of the module that starts
   * @param read the text of a module by its path
   * @param instead modules that take the place of others, path by path
   */
  static String of(String entry, UnaryOperator<String> read, Map<String, String> instead) {
    ModuleBundle bundle = new ModuleBundle(read, instead);
    bundle.add(entry);
    StringBuilder script = new StringBuilder();
    bundle.modules.forEach(
        (path, module) ->
            script
                .append("// ")
                .append(path)
                .append("\nconst ")
                .append(module.variable)
                .append(" = (() => {\n")
                .append(module.text)
                .append("return { ")
                .append(String.join(", ", module.exports))
                .append(" };\n})();\n"));
    return script.toString();
  }

  private Module add(String path) {
    Module known = modules.get(path);
    if (known != null) {
      return known;
    }
    if (underWay.contains(path)) {
      throw new IllegalStateException(path + " imports itself by way of " + underWay);
    }
    underWay.add(path);
    TreeSet<String> exports = new TreeSet<>();
    StringBuilder text = new StringBuilder();
    for (String line : read.apply(path).lines().toList()) {
      text.append(
          line.startsWith("import ") ? imported(line, path) : exported(line, path, exports));
      text.append('\n');
    }
    underWay.remove(path);
    Module module = new Module("module" + modules.size(), exports, text.toString());
    modules.put(path, module);
    return module;
  }

  private String imported(String line, String path) {
    Matcher matcher = IMPORT.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException(path + " has an import of another form: " + line);
    }
    Module module = add(resolved(matcher.group(2), path));
    List<String> names = new ArrayList<>();
    for (String part : matcher.group(1).split(", ")) {
      Matcher as = AS.matcher(part);
      if (!as.matches() || !module.exports.contains(as.group(1))) {
        throw new IllegalStateException(path + " imports what is not exported: " + part);
      }
      names.add(as.group(2) == null ? as.group(1) : as.group(1) + ": " + as.group(2));
    }
    return "const { " + String.join(", ", names) + " } = " + module.variable + ";";
  }

  private static String exported(String line, String path, TreeSet<String> exports) {
    if (!line.startsWith("export")) {
      return line;
    }
    Matcher matcher = EXPORT.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException(path + " has an export of another form: " + line);
    }
    exports.add(matcher.group(2));
    return line.substring("export ".length());
  }

  private String resolved(String relative, String from) {
    List<String> parts = new ArrayList<>(List.of(from.split("/")));
    parts.remove(parts.size() - 1);
    for (String part : relative.split("/")) {
      if (part.equals("..")) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    String path = String.join("/", parts);
    return instead.getOrDefault(path, path);
  }
}
