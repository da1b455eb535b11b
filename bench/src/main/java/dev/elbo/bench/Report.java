package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a command found: where and how it was measured, a table, and remarks. */
final class Report {
  private final String what;
  private final Table table;
  private final List<String> remarks = new ArrayList<>();
  private final ObjectNode figures = JsonNodeFactory.instance.objectNode();

  Report(String what, Table table) {
    this.what = what;
    this.table = table;
  }

  /** A line below the table. */
  void remark(String line) {
    remarks.add(line);
  }

  /** A figure for programs, beside the rows. */
  void figure(String key, double value) {
    figures.put(key, value);
  }

  void print(PrintStream out, Machine machine, boolean json) {
    if (!json) {
      out.println(what);
      machine.lines().forEach(out::println);
      out.println();
      out.print(table.text());
      out.println();
      remarks.forEach(out::println);
      return;
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("what", what);
    root.set("machine", machine.json());
    root.set("rows", table.json());
    root.set("figures", figures);
    ArrayNode notes = root.putArray("remarks");
    remarks.forEach(notes::add);
    out.println(root.toPrettyString());
  }
}
