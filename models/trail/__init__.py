from . import event, shown, recording, movements, epcis_links, epcis, actions
