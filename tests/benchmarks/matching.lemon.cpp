// The reference of matching.bench.ts: the same problem as a minimum-cost flow, solved by LEMON's
// network simplex (Boost licence, liblemon-dev). Reads one instance as 32-bit integers from
// standard input: guests, slots, groups, arcs; guestStart, arcSlot, arcCost; slotGroup,
// slotCapacity, groupCapacity. Prints the milliseconds of run() alone (the graph is built before) on
// the clock and of processor time, the people placed and the sum of rank².
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using Graph = lemon::SmartDigraph;

static std::vector<int> read(size_t count) {
  std::vector<int> values(count);
  if (fread(values.data(), sizeof(int), count, stdin) != count) exit(1);
  return values;
}

int main() {
  const std::vector<int> sizes = read(4);
  const int guests = sizes[0], slots = sizes[1], groups = sizes[2], arcs = sizes[3];
  const std::vector<int> guestStart = read(guests + 1), arcSlot = read(arcs), arcCost = read(arcs);
  const std::vector<int> slotGroup = read(slots), slotCapacity = read(slots);
  const std::vector<int> groupCapacity = read(groups);

  Graph graph;
  graph.reserveNode(guests + slots + groups + 1);
  graph.reserveArc(arcs + guests + slots + groups);
  std::vector<Graph::Node> nodes(guests + slots + groups + 1);
  for (auto &node : nodes) node = graph.addNode();
  const Graph::Node sink = nodes.back();
  std::vector<int> upper, cost;
  std::vector<Graph::Arc> made;
  auto add = [&](Graph::Node from, Graph::Node to, int capacity, int each) {
    made.push_back(graph.addArc(from, to));
    upper.push_back(capacity);
    cost.push_back(each);
  };
  int dearest = 0;
  for (int u = 0; u < guests; u++)
    for (int a = guestStart[u]; a < guestStart[u + 1]; a++) {
      add(nodes[u], nodes[guests + arcSlot[a]], 1, arcCost[a]);
      if (arcCost[a] > dearest) dearest = arcCost[a];
    }
  for (int s = 0; s < slots; s++)
    add(nodes[guests + s], nodes[guests + slots + slotGroup[s]], slotCapacity[s], 0);
  for (int g = 0; g < groups; g++) add(nodes[guests + slots + g], sink, groupCapacity[g], 0);
  for (int u = 0; u < guests; u++) add(nodes[u], sink, 1, -1);

  // Staying out costs more than all ranks together, so that nobody does who could be placed.
  const long long out = (long long)dearest * guests + 1;
  Graph::ArcMap<int> upperMap(graph);
  Graph::ArcMap<long long> costMap(graph);
  Graph::NodeMap<int> supply(graph, 0);
  for (size_t i = 0; i < made.size(); i++) {
    upperMap[made[i]] = upper[i];
    costMap[made[i]] = cost[i] < 0 ? out : cost[i];
  }
  for (int u = 0; u < guests; u++) supply[nodes[u]] = 1;
  supply[sink] = -guests;

  lemon::NetworkSimplex<Graph, int, long long> simplex(graph);
  simplex.upperMap(upperMap).costMap(costMap).supplyMap(supply);
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t ticks = std::clock();
  if (simplex.run() != simplex.OPTIMAL) return 2;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  const double processor = 1000.0 * (std::clock() - ticks) / CLOCKS_PER_SEC;
  long long placed = 0, total = 0;
  for (size_t i = 0; i < made.size() - guests; i++) {
    if (cost[i] == 0 || simplex.flow(made[i]) == 0) continue;
    placed++;
    total += cost[i];
  }
  printf("%.3f %.3f %lld %lld\n", took.count(), processor, placed, total);
}
