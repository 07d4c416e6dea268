import { registry } from "@web/core/registry";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { TransferTabs } from "./transfer_tabs";

class TransferListRenderer extends ListRenderer {
    static template = "store_transfer.ListRenderer";
    static components = { ...ListRenderer.components, TransferTabs };
}

class TransferKanbanRenderer extends KanbanRenderer {
    static template = "store_transfer.KanbanRenderer";
    static components = { ...KanbanRenderer.components, TransferTabs };
}

registry.category("views").add("store_transfer_list", {
    ...listView,
    Renderer: TransferListRenderer,
});
registry.category("views").add("store_transfer_kanban", {
    ...kanbanView,
    Renderer: TransferKanbanRenderer,
});
