const response = await fetch('https://api.hubapi.com/marketing/v3/campaigns', {
  headers: { authorization: 'Bearer any' },
})
console.log(response.status)
