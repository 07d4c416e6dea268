import { onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";

/**
 * What a screen shows of the server, and how it stands with it: what was loaded last
 * stays while there is no connection, and is loaded anew as soon as there is one.
 *
 * @param {() => Promise<any>} load
 * @returns {{value: any, isLoading: boolean, problem: object|null, reload: Function,
 *     take: Function}} `take` shows what was got in another way, or is being got
 */
export function useTillLoad(load) {
    const keepLast = new KeepLast();
    const state = useState({ value: null, isLoading: false, problem: null });
    let isGone = false;
    state.reload = () => state.take(load());
    state.take = async (loading) => {
        state.isLoading = true;
        try {
            state.value = await keepLast.add(Promise.resolve(loading));
            state.problem = null;
        } catch (error) {
            state.problem = getProblem(error);
        } finally {
            state.isLoading = false;
        }
    };
    useExternalListener(window, "pos-network-online", () => {
        if (state.problem && !isGone) {
            state.reload();
        }
    });
    onWillUnmount(() => (isGone = true));
    return state;
}
